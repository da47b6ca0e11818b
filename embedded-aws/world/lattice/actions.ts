import type { RuleAction, WeightedTargetGroup } from '@aws-sdk/client-vpc-lattice';
import { AwsError } from '../service.ts';
import { targetGroupArn } from './access.ts';
import { findTargetGroup, groupsOf, type LatticeState } from './state.ts';

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/listener-rules.html */
const MAX_WEIGHT = 999;
const MAX_GROUPS = 10;
/** The weight of a group without one, which must be the only one (API_WeightedTargetGroup, VPC Lattice). */
const DEFAULT_WEIGHT = 100;

/**
 * Returns an action as the service stores it. It has one member of the union.
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_RuleAction.html
 * @throws AwsError ValidationException, ResourceNotFoundException, ConflictException
 */
export function normalise(state: LatticeState, action: RuleAction | undefined): RuleAction {
  const { forward, fixedResponse } = action ?? {};
  if ((forward === undefined) === (fixedResponse === undefined))
    throw invalid('An action must have either forward or fixedResponse');
  if (forward === undefined) return { fixedResponse } as RuleAction;
  const groups = forward.targetGroups ?? [];
  if (groups.length === 0 || groups.length > MAX_GROUPS)
    throw invalid(`An action forwards to 1 to ${MAX_GROUPS} target groups`);
  const named = groups.map((group) => weighted(state, group, groups.length === 1));
  if (new Set(named.map((each) => each.targetGroupIdentifier)).size < named.length)
    throw invalid('A target group is named twice');
  return { forward: { targetGroups: named } };
}

function weighted(
  state: LatticeState,
  { targetGroupIdentifier, weight }: WeightedTargetGroup,
  isOnly: boolean,
): WeightedTargetGroup {
  const group = findTargetGroup(state, targetGroupIdentifier);
  if (group.status !== 'ACTIVE')
    throw new AwsError('ConflictException', `The target group ${group.id} is ${group.status}`, 409);
  if (weight === undefined && !isOnly) throw invalid('Each of several target groups needs a weight');
  const given = weight ?? DEFAULT_WEIGHT;
  if (!Number.isInteger(given) || given < 0 || given > MAX_WEIGHT)
    throw invalid(`The weight ${given} must be between 0 and ${MAX_WEIGHT}`);
  return { targetGroupIdentifier: group.id, weight: given };
}

/** Returns the groups of an action in the request, for `vpc-lattice:TargetGroupArns`. */
export function groupsAsked(action: RuleAction | undefined) {
  const arns = action === undefined ? [] : groupsOf(action).map((one) => one.targetGroupIdentifier);
  return { 'vpc-lattice:TargetGroupArns': arns.map(targetGroupArn) };
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
