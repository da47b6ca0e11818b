import type { Action, DescribeRulesOutput, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';
import { openHealthyBlueGreen, PROTECTED } from './healthy-shop.ts';
import { readinessStories } from './story.ts';

/** Returns the rule of the shop, and its target groups: the one that serves first. */
function ruleOf(stage: Stage): { readonly rule: Rule; readonly groups: readonly [string, string] } {
  const { Listeners } = stage.call<{ Listeners?: { ListenerArn?: string }[] }>('elb', 'DescribeListeners', {
    LoadBalancerArn: loadBalancerOf(stage),
  });
  const { Rules = [] } = stage.call<DescribeRulesOutput>('elb', 'DescribeRules', {
    ListenerArn: Listeners?.[0]?.ListenerArn,
  });
  const rule = Rules.find(({ IsDefault }) => IsDefault !== true) ?? {};
  const tuples = rule.Actions?.[0]?.ForwardConfig?.TargetGroups ?? [];
  const serving = tuples.find(({ Weight = 0 }) => Weight > 0)?.TargetGroupArn ?? '';
  const other = tuples.find(({ TargetGroupArn }) => TargetGroupArn !== serving)?.TargetGroupArn ?? '';
  return { rule, groups: [serving, other] };
}

/** Returns the ARN of the one load balancer. */
export function loadBalancerOf(stage: Stage): string {
  const { LoadBalancers } = stage.call<{ LoadBalancers?: { LoadBalancerArn?: string }[] }>(
    'elb',
    'DescribeLoadBalancers',
    {},
  );
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

/** Changes what the rule forwards to. */
function forward(
  stage: Stage,
  to: (serving: string, other: string) => NonNullable<Action['ForwardConfig']>,
): void {
  const { rule, groups } = ruleOf(stage);
  const Actions = [{ Type: 'forward', ForwardConfig: to(...groups) }];
  stage.call('elb', 'ModifyRule', { RuleArn: rule.RuleArn, Actions });
}

/** What a check finds on a service of which ECS shifts the traffic. */
export const readinessBlueGreen = readinessStories(TARGET, openHealthyBlueGreen, [
  {
    name: 'ecs-blue-green-healthy',
    shows: 'both target groups are on the rule, which leads to what runs: nothing is found',
    finds: [],
    ready: 'yes',
  },
  {
    name: 'ecs-blue-gone-at-once',
    shows: 'without a bake time the old tasks are gone when harm shows',
    spoil: (_, shop) =>
      shop.update({
        deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, ...PROTECTED },
      }),
    finds: ['blue-gone-at-once'],
  },
  {
    name: 'ecs-rule-lacks-group',
    shows: 'a person took the second target group off the rule',
    spoil: (stage) =>
      forward(stage, (TargetGroupArn) => ({ TargetGroups: [{ TargetGroupArn, Weight: 100 }] })),
    finds: ['rule-lacks-group'],
  },
  {
    name: 'ecs-rule-elsewhere',
    shows: 'a person pointed the rule at the empty target group: a rollback would not reach users',
    spoil: (stage) =>
      forward(stage, (serving, other) => ({
        TargetGroups: [
          { TargetGroupArn: serving, Weight: 0 },
          { TargetGroupArn: other, Weight: 100 },
        ],
      })),
    finds: ['rule-elsewhere'],
    ready: 'no',
    served: false,
    movedByPeople: /./,
  },
  {
    name: 'ecs-sticky-too-long',
    shows: 'users stay on their target group for an hour, longer than the bake',
    spoil: (stage) =>
      forward(stage, (serving, other) => ({
        TargetGroups: [
          { TargetGroupArn: serving, Weight: 100 },
          { TargetGroupArn: other, Weight: 0 },
        ],
        TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 3600 },
      })),
    finds: ['sticky-too-long'],
  },
]);
