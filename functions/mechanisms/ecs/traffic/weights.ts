import type { Action, TargetGroupTuple } from '@aws-sdk/client-elastic-load-balancing-v2';

/** Traffic that moves from some target groups to another. */
export interface Move {
  readonly from: readonly string[];
  readonly to: string;
}

/**
 * Returns the weight of every target group in a list of actions. A group without a weight has 1 (API_TargetGroupTuple).
 */
export function weightsIn(actions: readonly Action[]): ReadonlyMap<string, number> {
  const tuples = actions.flatMap(tuplesOf);
  return new Map(tuples.map(({ TargetGroupArn = '', Weight = 1 }) => [TargetGroupArn, Weight]));
}

/** Returns whether a forward of the groups that lose traffic lacks the other group. */
export function isUnattached(actions: readonly Action[], { from, to }: Move): boolean {
  return actions.some((action) => concerns(action, from) && !concerns(action, [to]));
}

/** Returns whether all traffic of the groups goes to the other one. */
export function isMoved(actions: readonly Action[], { from, to }: Move): boolean {
  const weights = weightsIn(actions);
  return from.every((group) => (weights.get(group) ?? 0) === 0) && (weights.get(to) ?? 0) > 0;
}

/** Adds the group with weight 0, so that AWS checks its targets before traffic comes. */
export function attached(actions: readonly Action[], { from, to }: Move): readonly Action[] {
  return actions.map((action) => {
    if (!concerns(action, from) || concerns(action, [to])) return action;
    return forward(action, [...tuplesOf(action), { TargetGroupArn: to, Weight: 0 }]);
  });
}

/**
 * Gives the group the weight of the others, and changes nothing else in the list, with one exception. Stickiness
 * between groups would keep users in their group, so it is switched off.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html#target-group-stickiness
 */
export function moved(actions: readonly Action[], { from, to }: Move): readonly Action[] {
  return actions.map((action) => {
    if (!concerns(action, from)) return action;
    const tuples = tuplesOf(action);
    const given = tuples.filter(
      ({ TargetGroupArn = '' }) => from.includes(TargetGroupArn) || TargetGroupArn === to,
    );
    const sum = given.reduce((total, { Weight = 1 }) => total + Weight, 0);
    return withoutStickiness(
      forward(
        action,
        tuples.map((tuple) => reweighed(tuple, { from, to }, sum)),
      ),
    );
  });
}

function reweighed(tuple: TargetGroupTuple, { from, to }: Move, sum: number): TargetGroupTuple {
  const { TargetGroupArn = '' } = tuple;
  // If all weights are zero, the group gets weight 1, because otherwise no group would serve.
  if (TargetGroupArn === to) return { ...tuple, Weight: sum === 0 ? 1 : Math.min(sum, 999) };
  return from.includes(TargetGroupArn) ? { ...tuple, Weight: 0 } : tuple;
}

function concerns(action: Action, groups: readonly string[]): boolean {
  return tuplesOf(action).some(({ TargetGroupArn = '' }) => groups.includes(TargetGroupArn));
}

/** Returns the groups of a forward. A forward to one group may name it in either of two fields (API_Action). */
function tuplesOf({ Type, ForwardConfig, TargetGroupArn }: Action): readonly TargetGroupTuple[] {
  if (Type !== 'forward') return [];
  return ForwardConfig?.TargetGroups ?? (TargetGroupArn === undefined ? [] : [{ TargetGroupArn }]);
}

function forward({ TargetGroupArn: _, ...action }: Action, tuples: readonly TargetGroupTuple[]): Action {
  return { ...action, ForwardConfig: { ...action.ForwardConfig, TargetGroups: [...tuples] } };
}

function withoutStickiness(action: Action): Action {
  const { TargetGroupStickinessConfig: sticky } = action.ForwardConfig ?? {};
  if (sticky?.Enabled !== true) return action;
  return {
    ...action,
    ForwardConfig: { ...action.ForwardConfig, TargetGroupStickinessConfig: { Enabled: false } },
  };
}
