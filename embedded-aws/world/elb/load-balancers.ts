import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  LoadBalancer as Answer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ACCOUNT, REGION, arn, type Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { readOnly } from './access.ts';
import { READ, WRITE } from './limits.ts';
import { page } from './paging.ts';
import { findLoadBalancer, type ElbState, type LoadBalancer, reroute } from './state.ts';
import { addTags } from './tags.ts';

/** The Availability Zones of every load balancer. It has one node in each. */
export const ZONES = [`${REGION}a`, `${REGION}b`];

export function loadBalancerOperations(surroundings: Surroundings, state: ElbState) {
  return {
    CreateLoadBalancer: {
      bucket: WRITE,
      authorize: ({ Name, Type }: CreateLoadBalancerInput) => [
        {
          action: 'elasticloadbalancing:CreateLoadBalancer',
          resource: arn(
            'elasticloadbalancing',
            `loadbalancer/${Type === 'network' ? 'net' : 'app'}/${Name ?? ''}/*`,
          ),
        },
      ],
      run: (input: CreateLoadBalancerInput) => create(surroundings, state, input),
    },
    DescribeLoadBalancers: {
      bucket: READ,
      authorize: readOnly('DescribeLoadBalancers'),
      run: (input: DescribeLoadBalancersInput) => describe(state, input),
    },
  };
}

function create(
  { clock, random }: Surroundings,
  state: ElbState,
  { Name, Scheme, SecurityGroups = [], Tags, Type }: CreateLoadBalancerInput,
): CreateLoadBalancerOutput {
  if (Name === undefined) throw new AwsError('ValidationError', 'A load balancer name is required');
  if (Type === 'gateway')
    throw new AwsError('ValidationError', 'Gateway Load Balancers are not modelled here');
  if ([...state.loadBalancers.values()].some((other) => other.name === Name))
    throw new AwsError('DuplicateLoadBalancerName', `A load balancer with the name '${Name}' exists already`);
  const chance = random(`elb/load-balancer/${Name}`);
  const loadBalancer: LoadBalancer = {
    arn: arn(
      'elasticloadbalancing',
      `loadbalancer/${Type === 'network' ? 'net' : 'app'}/${Name}/${chance.hex(16)}`,
    ),
    name: Name,
    type: Type ?? 'application',
    scheme: Scheme ?? 'internet-facing',
    created: new Date(clock.now()),
    dns: `${Name}-${chance.digits(10)}.${REGION}.elb.amazonaws.com`,
    zone: `Z${chance.digits(12)}`,
    vpc: `vpc-${ACCOUNT}`,
    securityGroups: SecurityGroups,
  };
  state.loadBalancers.set(loadBalancer.arn, loadBalancer);
  reroute(state);
  addTags(state, loadBalancer.arn, Tags);
  return { LoadBalancers: [answer(loadBalancer)] };
}

function describe(state: ElbState, input: DescribeLoadBalancersInput): DescribeLoadBalancersOutput {
  const { items, next } = page(chosen(state, input), input);
  return { LoadBalancers: items.map(answer), ...next };
}

function chosen(state: ElbState, { LoadBalancerArns, Names }: DescribeLoadBalancersInput): LoadBalancer[] {
  if (LoadBalancerArns?.length) return LoadBalancerArns.map((each) => findLoadBalancer(state, each));
  const all = [...state.loadBalancers.values()];
  if (!Names?.length) return all;
  return Names.map((name) => findLoadBalancer(state, all.find((each) => each.name === name)?.arn));
}

function answer(loadBalancer: LoadBalancer): Answer {
  return {
    LoadBalancerArn: loadBalancer.arn,
    DNSName: loadBalancer.dns,
    CanonicalHostedZoneId: loadBalancer.zone,
    CreatedTime: loadBalancer.created,
    LoadBalancerName: loadBalancer.name,
    Scheme: loadBalancer.scheme,
    VpcId: loadBalancer.vpc,
    State: { Code: 'active' },
    Type: loadBalancer.type,
    AvailabilityZones: ZONES.map((ZoneName) => ({ ZoneName })),
    SecurityGroups: [...loadBalancer.securityGroups],
    IpAddressType: 'ipv4',
  };
}
