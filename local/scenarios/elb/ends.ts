import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { DescribeRulesOutput, DescribeListenersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stage } from '../stage.ts';

/** Returns the actions of the shop's rule, or of its listener if it has no rule of its own. */
export function actionsNow(stage: Stage): readonly Action[] {
  const [ListenerArn] = stage.world.elb.listeners();
  const { Rules = [] } = stage.call<DescribeRulesOutput>('elb', 'DescribeRules', { ListenerArn });
  const { Listeners = [] } = stage.call<DescribeListenersOutput>('elb', 'DescribeListeners', {
    ListenerArns: [ListenerArn],
  });
  return Rules.find(({ IsDefault }) => IsDefault !== true)?.Actions ?? Listeners[0]?.DefaultActions ?? [];
}

/** Returns null if blue and green have these weights, or else their weights. */
export function weighs(stage: Stage, blue: number, green: number): string | null {
  const groups = actionsNow(stage).flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? []);
  const weight = (side: string) =>
    groups.find(({ TargetGroupArn }) => TargetGroupArn?.includes(`targetgroup/shop-${side}/`))?.Weight;
  return weight('blue') === blue && weight('green') === green
    ? null
    : `blue has weight ${weight('blue')} and green ${weight('green')}, not ${blue} and ${green}`;
}
