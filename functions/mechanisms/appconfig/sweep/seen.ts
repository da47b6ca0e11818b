import type { Instant } from '../../../../src/rollback/request.ts';
import { secondsBetween } from '../../../../src/rollback/time.ts';
import type { ObservedDeployment, Seen, Unit } from '../../../../src/targets/kind.ts';
import { targetOf, type ProfileName } from '../../../../src/targets/kinds/appconfig/target.ts';
import type { Deployment } from '../appconfig.ts';
import { isComplete, isOpen } from '../states.ts';

/** Reports deployments that completed this recently: a sweep may miss a few minutes, and a round may take some. */
const ENDED_WITHIN_SECONDS = 60 * 60;

/**
 * Returns what a page shows of each profile: its newest deployment, because AppConfig's events are best effort. Leaves out
 * those of experiments, and those that went back: there is nothing to go back from.
 * @param all deployments of the environment, newest first
 */
export function seenOf(
  unit: Unit,
  name: Omit<ProfileName, 'profile'>,
  all: readonly Deployment[],
): readonly Seen[] {
  const profiles = [...new Set(all.map(({ profile }) => profile))];
  return profiles.flatMap((profile) => {
    const newest = all.find((one) => one.profile === profile);
    if (newest === undefined || newest.isManaged) return [];
    const target = targetOf({ ...name, profile });
    return [
      {
        ...{ unit, target, content: JSON.stringify([newest.number, newest.state]), isMoving: isOpen(newest) },
        observed: ({ at }) => Promise.resolve(observedOf(newest, target, at)),
      },
    ];
  });
}

function observedOf(newest: Deployment, target: string, now: Instant): readonly ObservedDeployment[] {
  const { completedAt, startedAt } = newest;
  const of = { target, deployment: String(newest.number), reason: '' };
  if (!isComplete(newest)) return isOpen(newest) ? [{ ...of, state: 'started', at: startedAt }] : [];
  const isRecent = completedAt !== null && secondsBetween(completedAt, now) <= ENDED_WITHIN_SECONDS;
  return isRecent ? [{ ...of, state: 'completed', at: completedAt }] : [];
}
