import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ELB } from '../../../../src/readiness/ids/elb.ts';
import { GROUP_TAG, partOf } from '../capacity.ts';
import type { Targets } from '../elb.ts';
import { whyNotGrow, type Fleet } from '../fleets.ts';
import { nameOf, type Split } from '../split.ts';

const find = findIn(ELB);

/** A target group that is to get traffic again, and what is behind it. */
export interface Idle {
  readonly targetGroup: string;
  /** Healthy targets that its part of the traffic needs. */
  readonly needed: number;
  readonly isAttached: boolean;
  /** Null: there is no such target group. */
  readonly targets: Targets | null;
  /** The Auto Scaling group that its tag names. */
  readonly group: string | undefined;
  /** Null: no tag names one, or it does not exist. */
  readonly fleet: Fleet | null;
}

/** Returns how many healthy targets each group of a split needs, where `needed` carry all of the traffic. */
export function neededOf(split: Split, needed: number): ReadonlyMap<string, number> {
  return new Map(split.map((share) => [share.targetGroup, partOf(split, share, needed)]));
}

/** AWS does not check the targets of a group that is attached nowhere (API_TargetHealth, Elastic Load Balancing). */
export function ofAttachment({ targetGroup, isAttached }: Idle): readonly Finding[] {
  if (isAttached) return [];
  const name = nameOf(targetGroup);
  return [
    find(
      'side-detached',
      `Target group ${name}, the way back now, is not among those of the listener or rule, so its health may be unknown.`,
      `Keep it attached with weight 0: let the pipeline set weights, and remove no target group.`,
    ),
  ];
}

/**
 * Looks at the targets that would get the traffic. Plan reads them only where nothing else shows that they suffice, and
 * Revert writes nothing where they do not.
 */
export function ofTargets(idle: Idle): readonly Finding[] {
  const { targetGroup, needed, targets, group, fleet } = idle;
  const name = nameOf(targetGroup);
  const healthy = targets?.healthy ?? 0;
  if (healthy >= needed) return [];
  const few = `Target group ${name}, the way back now, has ${healthy} healthy targets of ${needed} needed`;
  const whyNot = group === undefined ? `no tag ${GROUP_TAG}` : whyNotGrow(group, fleet, needed);
  if (whyNot === null && fleet !== null && fleet.desired < needed)
    return [
      find(
        'side-grows',
        `${few}: a rollback first grows Auto Scaling group ${group ?? ''} from ${fleet.desired} to ${needed} instances.`,
        'Keep the old side at full size until the release is proven.',
      ),
    ];
  return [
    find(
      'side-unhealthy',
      `${few}, so it gets no traffic.`,
      `Read why its targets are unhealthy: aws elbv2 describe-target-health --target-group-arn ${targetGroup}.`,
    ),
  ];
}

/** Says why the Auto Scaling group behind a target group could not grow when it must, or nothing. */
export function ofGrowth({ targetGroup, group, fleet, needed }: Idle): readonly Finding[] {
  const name = nameOf(targetGroup);
  const why = whyNoGrowth(targetGroup, group, fleet, needed);
  if (why === null) return [];
  return [
    find(
      'side-cannot-grow',
      `Target group ${name} could not be grown if it were scaled in: ${why}.`,
      `Tag ${name} with ${GROUP_TAG}=NAME of its Auto Scaling group, tag that group lastgood=auto, and leave room below its maximum size.`,
    ),
  ];
}

function whyNoGrowth(
  targetGroup: string,
  group: string | undefined,
  fleet: Fleet | null,
  needed: number,
): string | null {
  if (group === undefined) return `it has no tag ${GROUP_TAG}`;
  const refused = whyNotGrow(group, fleet, needed);
  if (refused !== null || fleet === null) return refused;
  return fleet.launched.targetGroups.includes(targetGroup)
    ? null
    : `Auto Scaling group ${group} does not register its instances there`;
}
