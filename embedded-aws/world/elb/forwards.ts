import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';

/** A group's share of a listener's or rule's traffic: its weight over the sum of the weights. */
export interface Forward {
  readonly targetGroupArn: string;
  /** 0 to 999. */
  readonly weight: number;
}

/** Returns the groups that an action forwards to; none for any other type of action. */
export function forwardsOf(actions: readonly Action[]): readonly Forward[] {
  return actions
    .filter(({ Type }) => Type === 'forward')
    .flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? [])
    .map(({ TargetGroupArn, Weight }) => ({ targetGroupArn: TargetGroupArn ?? '', weight: Weight ?? 1 }));
}

/** Returns the seconds of target group stickiness; null if it is off. */
export function stickySecondsOf(actions: readonly Action[]): number | null {
  const sticky = actions.map(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig);
  return sticky.find((config) => config?.Enabled === true)?.DurationSeconds ?? null;
}

/** Returns each group's share of the traffic, 0 to 1; all zero if no weight is above zero. */
export function shares(forwards: readonly Forward[]): ReadonlyMap<string, number> {
  const sum = forwards.reduce((total, { weight }) => total + weight, 0);
  const result = new Map<string, number>();
  for (const { targetGroupArn, weight } of forwards) {
    result.set(targetGroupArn, (result.get(targetGroupArn) ?? 0) + (sum === 0 ? 0 : weight / sum));
  }
  return result;
}
