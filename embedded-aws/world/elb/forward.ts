import type { Action, TargetGroupTuple } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../service.ts';
import { forwardsOf } from './forwards.ts';
import { checkOrder, keepSecret } from './authentication.ts';
import { findTargetGroup, type ElbState, type Listener } from './state.ts';

const MAX_WEIGHT = 999;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_GROUPS_PER_ACTION = 5;

/**
 * Returns actions as the service stores and answers them. A forward to one group has both `TargetGroupArn` and
 * `ForwardConfig`; a forward to several has only the latter.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 * @param before the actions that these replace
 */
export function normalise(
  state: ElbState,
  actions: readonly Action[] | undefined,
  before: readonly Action[] = [],
): readonly Action[] {
  if (actions === undefined || actions.length === 0)
    throw new AwsError('ValidationError', 'At least one action must be specified');
  checkOrder(actions);
  return actions.map((action) =>
    action.Type === 'forward' ? normaliseForward(state, action) : keepSecret(action, before),
  );
}

function normaliseForward(state: ElbState, action: Action): Action {
  const groups = tuples(action);
  if (groups.length > MAX_GROUPS_PER_ACTION)
    throw new AwsError('TooManyUniqueTargetGroupsPerLoadBalancer', 'Too many target groups in one action');
  for (const group of groups) checkTuple(state, group);
  const [only] = groups;
  return {
    Type: 'forward',
    ...(action.Order === undefined ? {} : { Order: action.Order }),
    ...(groups.length === 1 && only?.TargetGroupArn !== undefined
      ? { TargetGroupArn: only.TargetGroupArn }
      : {}),
    ForwardConfig: {
      TargetGroups: groups,
      TargetGroupStickinessConfig: action.ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false },
    },
  };
}

/**
 * Returns the groups and weights. `ForwardConfig` wins; both forms are allowed only if they name the same single group.
 */
function tuples({ TargetGroupArn, ForwardConfig }: Action): TargetGroupTuple[] {
  const groups = ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0 && TargetGroupArn === undefined)
    throw new AwsError('ValidationError', 'A target group must be specified for a forward action');
  const clash = groups.some((group) => groups.length > 1 || group.TargetGroupArn !== TargetGroupArn);
  if (TargetGroupArn !== undefined && groups.length > 0 && clash)
    throw new AwsError('ValidationError', 'TargetGroupArn and ForwardConfig must name the same target group');
  const named = groups.length > 0 ? groups : [{ TargetGroupArn }];
  return named.map((group) => ({ TargetGroupArn: group.TargetGroupArn, Weight: group.Weight ?? 1 }));
}

function checkTuple(state: ElbState, { TargetGroupArn, Weight }: TargetGroupTuple): void {
  findTargetGroup(state, TargetGroupArn);
  if (Weight !== undefined && (!Number.isInteger(Weight) || Weight < 0 || Weight > MAX_WEIGHT))
    throw new AwsError('ValidationError', `Weight '${Weight}' must be between 0 and ${MAX_WEIGHT} inclusive`);
}

/**
 * Refuses a second load balancer: a target group serves only one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
 */
export function checkAssociation(state: ElbState, listener: Listener, actions: readonly Action[]): void {
  for (const { targetGroupArn } of forwardsOf(actions)) {
    const users = state.rules.using(targetGroupArn).map((rule) => rule.listener.loadBalancer);
    if (users.some((user) => user !== listener.loadBalancer))
      throw new AwsError(
        'TargetGroupAssociationLimit',
        `The following target groups cannot be associated with more than one load balancer: ${targetGroupArn}`,
      );
  }
}
