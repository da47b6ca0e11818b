import type { RuleAction } from '@aws-sdk/client-vpc-lattice';
import type { Forward } from '../elb/forwards.ts';
import type { HostCounts } from '../elb/routing.ts';
import type { TargetId } from '../seams.ts';
import type { HealthChecker } from './health.ts';
import { groupsOf, idIn, type LatticeState, type Rule, type TargetGroup } from './state.ts';

/** Target groups, as requests and the checks of traffic see them. */
export interface Serving {
  readonly groupOf: (identifier: string | undefined) => TargetGroup | undefined;
  /** Returns the targets that get requests: healthy ones, and all of a group whose health is not checked. */
  readonly eligible: (group: TargetGroup | undefined) => readonly TargetId[];
  /** Returns whether a request to a rule can be answered by a target. */
  readonly canServe: (rule: Rule) => boolean;
  readonly forwards: (action: RuleAction) => readonly Forward[];
  readonly counts: (targetGroupArn: string) => HostCounts;
}

export function servingIn({ targetGroups }: LatticeState, health: HealthChecker): Serving {
  const groupOf: Serving['groupOf'] = (identifier) => targetGroups.get(idIn(identifier));
  const statesIn = (group: TargetGroup | undefined) =>
    group === undefined
      ? []
      : [...group.targets.values()].map((one) => ({
          target: one.target,
          status: health.status(group, one),
        }));
  const eligible: Serving['eligible'] = (group) =>
    statesIn(group)
      .filter(({ status }) => status === 'HEALTHY' || status === 'UNAVAILABLE')
      .map(({ target }) => target);
  return {
    groupOf,
    eligible,
    canServe: ({ spread }) =>
      groupsOf(spread).some(
        ({ targetGroupIdentifier: id, weight = 0 }) => weight > 0 && eligible(groupOf(id)).length > 0,
      ),
    forwards: (action) =>
      groupsOf(action).map(({ targetGroupIdentifier: id, weight = 0 }) => ({
        targetGroupArn: groupOf(id)?.arn ?? '',
        weight,
      })),
    counts: (arn) => {
      const states = statesIn(groupOf(arn)).map(({ status }) => status);
      const count = (wanted: string) => states.filter((status) => status === wanted).length;
      return {
        healthy: count('HEALTHY'),
        unhealthy: count('UNHEALTHY'),
        registered: states.length - count('DRAINING'),
      };
    },
  };
}
