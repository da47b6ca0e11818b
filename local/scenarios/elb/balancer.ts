import type {
  Action,
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateRuleOutput,
  CreateTargetGroupOutput,
  DescribeListenersOutput,
  DescribeRulesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stage } from '../stage.ts';
import { afterLogin } from './logins.ts';

export type Side = 'blue' | 'green';
export type Groups = Readonly<Record<Side, string>>;
/** Weights of the target groups. A side without one is not attached. */
export type Weights = Readonly<Partial<Record<Side, number>>>;

export interface BalancerOptions {
  /** What has the weights: a rule of an Application Load Balancer unless the scenario says otherwise. */
  readonly on?: 'rule' | 'network listener';
  /** AWS tags of the rule or listener. */
  readonly tags?: Readonly<Record<string, string>>;
  /** AWS tags of both target groups; without the tag that names the Auto Scaling group when it is empty. */
  readonly groupTags?: Readonly<Record<string, string>>;
  /** The action before the forward action: authentication. */
  readonly before?: Action;
  /** Seconds for which users stay on a side while both have traffic. */
  readonly stickySeconds?: number;
}

/** A load balancer with two target groups, `shop-blue` and `shop-green`. */
export interface Balancer {
  readonly loadBalancer: string;
  /** ARN of the rule or the listener with the weights. */
  readonly arn: string;
  readonly targetGroups: Groups;
  actions(): readonly Action[];
  /** Divides the traffic, as a pipeline does. */
  weigh(weights: Weights): void;
}

export const SOAK_MINUTES = 5;

/** Opens the load balancer. All of the traffic goes to blue, and green is attached. */
export function openBalancer(stage: Stage, options: BalancerOptions): Balancer {
  const isNetwork = options.on === 'network listener';
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: 'shop',
    Type: isNetwork ? 'network' : 'application',
  });
  const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const targetGroups = {
    blue: targetGroup(stage, 'blue', options),
    green: targetGroup(stage, 'green', options),
  };
  const actions = actionsFor(targetGroups, { blue: 100, green: 0 }, options, false);
  const open = isNetwork ? openListener : openRule;
  return open(stage, { loadBalancer, targetGroups, actions, options });
}

interface Opening {
  readonly loadBalancer: string;
  readonly targetGroups: Groups;
  readonly actions: readonly Action[];
  readonly options: BalancerOptions;
}

function openRule(stage: Stage, { loadBalancer, targetGroups, actions, options }: Opening): Balancer {
  const { Listeners } = stage.call<CreateListenerOutput>('elb', 'CreateListener', {
    LoadBalancerArn: loadBalancer,
    Protocol: 'HTTPS',
    Port: 443,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  });
  const { Rules } = stage.call<CreateRuleOutput>('elb', 'CreateRule', {
    ListenerArn: Listeners?.[0]?.ListenerArn,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: actions,
    Tags: tagsOf(options),
  });
  const RuleArn = Rules?.[0]?.RuleArn ?? '';
  return {
    loadBalancer,
    arn: RuleArn,
    targetGroups,
    actions: () =>
      stage.call<DescribeRulesOutput>('elb', 'DescribeRules', { RuleArns: [RuleArn] }).Rules?.[0]?.Actions ??
      [],
    weigh: (weights) =>
      stage.call('elb', 'ModifyRule', { RuleArn, Actions: actionsFor(targetGroups, weights, options, true) }),
  };
}

function openListener(stage: Stage, { loadBalancer, targetGroups, actions, options }: Opening): Balancer {
  const { Listeners } = stage.call<CreateListenerOutput>('elb', 'CreateListener', {
    LoadBalancerArn: loadBalancer,
    Protocol: 'TCP',
    Port: 443,
    DefaultActions: actions,
    Tags: tagsOf(options),
  });
  const ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
  const describe = () =>
    stage.call<DescribeListenersOutput>('elb', 'DescribeListeners', { ListenerArns: [ListenerArn] });
  return {
    loadBalancer,
    arn: ListenerArn,
    targetGroups,
    actions: () => describe().Listeners?.[0]?.DefaultActions ?? [],
    weigh: (weights) =>
      stage.call('elb', 'ModifyListener', {
        ListenerArn,
        DefaultActions: actionsFor(targetGroups, weights, options, true),
      }),
  };
}

function tagsOf({ tags }: BalancerOptions) {
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

function targetGroup(stage: Stage, side: Side, { on, groupTags }: BalancerOptions): string {
  const tags = groupTags ?? { 'lastgood:group': `shop-${side}` };
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    Name: `shop-${side}`,
    Protocol: on === 'network listener' ? 'TCP' : 'HTTP',
    Port: 8080,
    VpcId: 'vpc-0a1b2c3d',
    HealthCheckIntervalSeconds: 10,
    HealthyThresholdCount: 2,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

/** Returns the actions. `isKnown`: the rule has the client secret already, and pipelines do not keep it. */
function actionsFor(
  groups: Groups,
  weights: Weights,
  { before, stickySeconds }: BalancerOptions,
  isKnown: boolean,
): readonly Action[] {
  const sides = (['blue', 'green'] as const).filter((side) => weights[side] !== undefined);
  const isSplit = sides.every((side) => weights[side] !== 0);
  const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: stickySeconds };
  const forward: Action = {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: sides.map((side) => ({ TargetGroupArn: groups[side], Weight: weights[side] })),
      ...(isSplit && stickySeconds !== undefined && { TargetGroupStickinessConfig }),
    },
  };
  return afterLogin(before, forward, isKnown);
}
