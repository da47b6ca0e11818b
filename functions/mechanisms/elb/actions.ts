import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { sharesOf, type Split } from './split.ts';

/** What a single group is sent as; any weight would do. */
const ALL = 100;

/**
 * The list of actions that divides traffic as wanted and is otherwise the same: it is replaced as a whole, so that
 * authentication steps left out would be gone. Groups that get nothing any more stay attached at weight 0, because the
 * health of a group that is attached nowhere is unknown.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html
 */
export function withSplit(actions: readonly Action[], wanted: Split): readonly Action[] {
  return actions.map((action) =>
    action.Type === 'forward' ? forwarding(action, wanted) : keepingSecret(action),
  );
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
 * Users who have the cookie stay with the group it names, whatever its weight: going back means switching that off.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html
 */
export function isSticky(actions: readonly Action[]): boolean {
  return actions.some(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true);
}

/**
 * A client secret is never shown, and must be sent unless the present one is to be kept.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
function keepingSecret(action: Action): Action {
  const { AuthenticateOidcConfig } = action;
  if (AuthenticateOidcConfig === undefined) return action;
  return { ...action, AuthenticateOidcConfig: { ...AuthenticateOidcConfig, UseExistingClientSecret: true } };
}
