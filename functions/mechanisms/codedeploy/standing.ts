import { isAboutToBeRolledBack, isInFlight } from '../../../src/aws/code-deploy/own-rollback.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { versionOf } from './app-spec.ts';
import type { Release } from './releases.ts';

/**
 * State of a group.
 * - rolling-out: `atFault` can be stopped; CodeDeploy would go back to `awsGoesTo`.
 * - rolling-back: CodeDeploy takes `atFault` back to `awsGoesTo`, or is about to.
 * - went-back: CodeDeploy rolled the previous deployment back; `atFault` is its rollback.
 * - at-rest: `atFault` has ended, and no deployment is in flight.
 */
export interface Standing {
  readonly state: 'rolling-out' | 'rolling-back' | 'went-back' | 'at-rest';
  readonly atFault: Release;
  readonly awsGoesTo: Revision | null;
}

/** Derives the state from the newest deployment. @param releases newest first, at least one */
export function standingOf(releases: readonly [Release, ...Release[]], now: Instant): Standing {
  const [newest] = releases;
  const taken = releases.find(({ id }) => id === newest.rollsBack);
  if (taken !== undefined) return takenBack(newest, taken);
  const awsGoesTo = goesBackTo(newest, releases);
  if (isInFlight(newest)) return { state: 'rolling-out', atFault: newest, awsGoesTo };
  if (newest.rolledBackBy !== null || isAboutToBeRolledBack(newest, now))
    return { state: awsGoesTo === null ? 'at-rest' : 'rolling-back', atFault: newest, awsGoesTo };
  return { state: 'at-rest', atFault: newest, awsGoesTo: null };
}

/** Returns whether the deployment or its rollback may be in flight, or about to begin. In doubt it is. */
export function mayBeInFlight({ state, atFault }: Standing, now: Instant): boolean {
  return state !== 'at-rest' || atFault.rolledBackBy !== null || isAboutToBeRolledBack(atFault, now);
}

function takenBack(rollback: Release, taken: Release): Standing {
  if (isInFlight(rollback)) return { state: 'rolling-back', atFault: taken, awsGoesTo: rollback.of };
  if (rollback.status === 'Succeeded' && rollback.missed === 0)
    return { state: 'went-back', atFault: rollback, awsGoesTo: null };
  // The rollback failed too, at least on some instances, so the deployment that it rolled back is still at fault.
  return { state: 'at-rest', atFault: taken, awsGoesTo: null };
}

/** Returns, on Lambda, the version that the alias is shifted away from; on instances, the last successful revision. */
function goesBackTo(newest: Release, releases: readonly Release[]): Revision | null {
  if (newest.shift !== null) return versionOf(newest.shift.functionName, newest.shift.current);
  return releases.find(({ id, status }) => id !== newest.id && status === 'Succeeded')?.of ?? null;
}
