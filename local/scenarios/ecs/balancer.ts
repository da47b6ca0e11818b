import type {
  Action,
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateRuleOutput,
  CreateTargetGroupOutput,
  DescribeLoadBalancersOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterLogin } from '../elb/logins.ts';
import { TEST_PORT, type Stage } from '../stage.ts';

export interface Balancer {
  readonly loadBalancer: string;
  readonly listener: string;
  readonly blue: string;
  readonly green: string;
  readonly rule: string;
  /** The rule of the test listener; empty without one. */
  readonly testRule: string;
}

export interface BalancerOptions {
  readonly twoGroups?: boolean;
  /** Gives the listener a rule besides its default action. The default is so with two groups. */
  readonly withRule?: boolean;
  /** Authenticates users in the rule. */
  readonly login?: Action | undefined;
  /** Opens a second listener, on which ECS shows the new side before the shift. */
  readonly testListener?: boolean;
}

/** Opens the load balancer. */
export function openLoadBalancer(stage: Stage, options: BalancerOptions = {}): Balancer {
  const { twoGroups = false, withRule = twoGroups, login, testListener = false } = options;
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
  const listener = openListener(stage, loadBalancer, 80, forward);
  const rule = withRule ? putRule(stage, listener, afterLogin(login, forward, false)) : '';
  const testRule = testListener
    ? putRule(stage, openListener(stage, loadBalancer, TEST_PORT, forward), [forward])
    : '';
  return { loadBalancer, listener, blue, green, rule, testRule };
}

/** Returns the URL at which any client reaches a listener of the load balancer. */
export function probeUrl(stage: Stage, { loadBalancer }: Pick<Balancer, 'loadBalancer'>, port = 80): string {
  const input = { LoadBalancerArns: [loadBalancer] };
  const { LoadBalancers } = stage.call<DescribeLoadBalancersOutput>('elb', 'DescribeLoadBalancers', input);
  return new URL(`http://${LoadBalancers?.[0]?.DNSName}:${port}/`).href;
}

function openListener(stage: Stage, loadBalancer: string, port: number, forward: Action): string {
  const { Listeners } = stage.call<CreateListenerOutput>('elb', 'CreateListener', {
    LoadBalancerArn: loadBalancer,
    Protocol: 'HTTP',
    Port: port,
    DefaultActions: [forward],
  });
  return Listeners?.[0]?.ListenerArn ?? '';
}

function putRule(stage: Stage, listener: string, actions: readonly Action[]): string {
  const { Rules } = stage.call<CreateRuleOutput>('elb', 'CreateRule', {
    ListenerArn: listener,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: actions,
  });
  return Rules?.[0]?.RuleArn ?? '';
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
