import { attribute, ref, type Resource, type Resources } from '../cloudformation.ts';
import { role } from './roles.ts';
import type { Shared } from './part.ts';

/** The ports of the parts' listeners. */
export const PORTS = { rolling: 80, blueGreen: 81, fleet: 82, weights: 83 } as const;

const anywhere = (from: number, to: number) => [
  { IpProtocol: 'tcp', FromPort: from, ToPort: to, CidrIp: '0.0.0.0/0' },
];

/** Returns a security group that is open to the internet on these ports. */
export function securityGroup(description: string, from: number, to: number): Resource {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: description,
      VpcId: ref('Vpc'),
      SecurityGroupIngress: anywhere(from, to),
    },
  };
}

const BALANCER: Resources = {
  BalancerPorts: securityGroup('lastgood verify-on-aws: the load balancer', 80, 83),
  ServerPorts: securityGroup('lastgood verify-on-aws: the servers', 8080, 8080),
  LoadBalancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: ref('Subnets'),
      SecurityGroups: [attribute('BalancerPorts', 'GroupId')],
    },
  },
};

const CLUSTER: Resources = {
  Cluster: {
    Type: 'AWS::ECS::Cluster',
    Properties: { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] },
  },
  // The image is public and the tasks call nothing: the roles are there to be passed on.
  TaskRole: role('ecs-tasks.amazonaws.com'),
  ExecutionRole: role('ecs-tasks.amazonaws.com'),
};

/** Resources by what shares them. */
export const SHARED: Readonly<Record<Shared, Resources>> = { balancer: BALANCER, cluster: CLUSTER };

/** Their values that the program reads, by key. */
export const OUTPUTS: Readonly<Record<Shared, Readonly<Record<string, object>>>> = {
  balancer: {
    Address: attribute('LoadBalancer', 'DNSName'),
    LoadBalancer: attribute('LoadBalancer', 'LoadBalancerFullName'),
  },
  cluster: {
    Cluster: ref('Cluster'),
    TaskRole: attribute('TaskRole', 'Arn'),
    ExecutionRole: attribute('ExecutionRole', 'Arn'),
  },
};
