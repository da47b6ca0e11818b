import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { sharesOf, type Split } from './split.ts';

/** The weight of a single group; any weight would do. */
const ALL = 100;

/**
 * Returns a list of actions that divides traffic as wanted and is otherwise the same. AWS replaces the whole list, so
 * authentication steps must be in it. Groups without traffic stay attached at weight 0: AWS does not check the health
 * of a group that is attached nowhere.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html
 */
export function withSplit(actions: readonly Action[], wanted: Split): readonly Action[] {
  return actions.map((action) => (action.Type === 'forward' ? forwarding(action, wanted) : action));
}

function forwarding(action: Action, wanted: Split): Action {
  const [only, ...others] = wanted;
  const shares =
    only !== undefined && others.length === 0 ? [{ targetGroup: only.targetGroup, weight: ALL }] : wanted;
  const attached = (sharesOf([action]) ?? []).map(({ targetGroup }) => targetGroup);
  const groups = [...new Set([...attached, ...wanted.map(({ targetGroup }) => targetGroup)])];
  const { Type, Order, ForwardConfig } = action;
  const { TargetGroupStickinessConfig: stickiness } = ForwardConfig ?? {};
  return {
    Type,
    ...(Order !== undefined && { Order }),
    ForwardConfig: {
      TargetGroups: groups.map((TargetGroupArn) => ({
        TargetGroupArn,
        Weight: shares.find(({ targetGroup }) => targetGroup === TargetGroupArn)?.weight ?? 0,
      })),
      ...(stickiness !== undefined && {
        TargetGroupStickinessConfig: stickiness.Enabled === true ? { Enabled: false } : stickiness,
      }),
    },
  };
}

/**
 * Returns whether cookies keep users in a group whatever its weight. A rollback switches that off.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html
 */
export function isSticky(actions: readonly Action[]): boolean {
  return actions.some(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true);
}
