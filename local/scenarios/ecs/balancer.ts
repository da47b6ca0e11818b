import type {
  Action,
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateRuleOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterLogin } from '../elb/logins.ts';
import type { Stage } from '../stage.ts';

export interface Balancer {
  readonly loadBalancer: string;
  readonly listener: string;
  readonly blue: string;
  readonly green: string;
  readonly rule: string;
}

/**
 * Opens the load balancer. With two target groups it has a listener rule as well, unless the scenario wants the default
 * action alone.
 * @param login authenticates users in the rule
 */
export function openLoadBalancer(
  stage: Stage,
  twoGroups: boolean,
  withRule = twoGroups,
  login?: Action,
): Balancer {
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: 'shop',
    Type: 'application',
    Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  });
  const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const blue = targetGroup(stage, 'checkout-blue');
  const green = twoGroups ? targetGroup(stage, 'checkout-green') : '';
  const groups = [
    { TargetGroupArn: blue, Weight: 100 },
    ...(twoGroups ? [{ TargetGroupArn: green, Weight: 0 }] : []),
  ];
  const forward: Action = { Type: 'forward', ForwardConfig: { TargetGroups: groups } };
  const { Listeners } = stage.call<CreateListenerOutput>('elb', 'CreateListener', {
    LoadBalancerArn: loadBalancer,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [forward],
  });
  const listener = Listeners?.[0]?.ListenerArn ?? '';
  if (!withRule) return { loadBalancer, listener, blue, green, rule: '' };
  const { Rules } = stage.call<CreateRuleOutput>('elb', 'CreateRule', {
    ListenerArn: listener,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: afterLogin(login, forward, false),
  });
  return { loadBalancer, listener, blue, green, rule: Rules?.[0]?.RuleArn ?? '' };
}

function targetGroup(stage: Stage, name: string): string {
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    Name: name,
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: 'vpc-0a1b2c3d',
    TargetType: 'ip',
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: 10,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
  });
  const created = TargetGroups?.[0]?.TargetGroupArn ?? '';
  stage.call('elb', 'ModifyTargetGroupAttributes', {
    TargetGroupArn: created,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
  });
  return created;
}
