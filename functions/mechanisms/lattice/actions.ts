import type { RuleAction } from '@aws-sdk/client-vpc-lattice';
import { groupsIn, sharesOf, splitOf, type Split } from './split.ts';

/** The weight of a single group; any weight would do. */
const ALL = 100;

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/listener-rules.html */
export const MAX_GROUPS = 10;

/**
 * Returns an action that divides traffic as wanted. Groups without traffic stay attached at weight 0, as far as there is
 * room, because VPC Lattice does not check the health of a group that no rule names.
 */
export function withSplit(action: RuleAction, wanted: Split): RuleAction {
  const shares = wanted.map((share) => (wanted.length === 1 ? { ...share, weight: ALL } : share));
  const attached = sharesOf(action) ?? [];
  const groups = [...groupsIn(wanted), ...groupsIn(splitOf(attached)), ...groupsIn(attached)];
  const kept = new Set([...new Set(groups)].slice(0, MAX_GROUPS));
  const order = [...groupsIn(attached), ...groupsIn(wanted)].filter((group) => kept.has(group));
  return {
    forward: {
      targetGroups: [...new Set(order)].map((group) => ({
        targetGroupIdentifier: group,
        weight: shares.find((share) => share.group === group)?.weight ?? 0,
      })),
    },
  };
}
