import type {
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AliasTarget } from '@aws-sdk/client-route-53';
import type { Stage } from '../stage.ts';

const PORT = 443;

/** A load balancer in front of each side's servers. Answers with what makes a record an alias of it, by side. */
export function openBalancers(
  stage: Stage,
  addresses: Readonly<Record<string, string>>,
): Readonly<Record<string, { readonly AliasTarget: AliasTarget }>> {
  const opened = Object.entries(addresses).map(
    ([side, address]) => [side, open(stage, side, address)] as const,
  );
  return Object.fromEntries(opened);
}

function open(stage: Stage, side: string, address: string): { readonly AliasTarget: AliasTarget } {
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: side,
    Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  });
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    ...{ Name: side, Protocol: 'HTTPS', Port: PORT, VpcId: 'vpc-0a1b2c3d', TargetType: 'ip' },
    ...{ HealthCheckPath: '/health', HealthCheckIntervalSeconds: 10 },
  });
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  stage.call('elb', 'CreateListener', {
    ...{ LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn, Protocol: 'HTTP', Port: 80 },
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  stage.call('elb', 'RegisterTargets', { TargetGroupArn, Targets: [{ Id: address, Port: PORT }] });
  const { DNSName = '', CanonicalHostedZoneId } = LoadBalancers?.[0] ?? {};
  return {
    AliasTarget: {
      HostedZoneId: CanonicalHostedZoneId,
      DNSName: `dualstack.${DNSName}`,
      EvaluateTargetHealth: true,
    },
  };
}
