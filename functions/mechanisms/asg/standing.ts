import type { Group, Refresh } from './autoscaling.ts';
import { idOf, mostCommonFirst } from './revision.ts';
import { isInFlight, isRollingBack } from './status.ts';

/**
 * State of the newest refresh. `from`: id of the revision that runs or is being rolled out. `awsGoesTo`: what
 * RollbackInstanceRefresh would restore; null if that is nothing, or the revision at fault again.
 */
export interface Standing {
  readonly state: 'rolling-out' | 'rolling-back' | 'went-back' | 'at-rest';
  readonly from: string;
  readonly awsGoesTo: string | null;
}

/**
 * Derives the state.
 * @param saved id of the group's own version, with the number behind `$Latest` or `$Default`
 * @param asked id of the requested revision; if it runs, the group's own version is at fault
 */
export function standingOf(
  newest: Refresh | null,
  saved: string,
  group: Group,
  desired: string | null,
  asked?: string,
): Standing {
  const deploys = desired ?? saved;
  if (newest === null || newest.status === 'Successful')
    return { state: 'at-rest', from: runsIn(group, saved, asked), awsGoesTo: null };
  const awsGoesTo = deploys === saved ? null : saved;
  if (isInFlight(newest.status)) {
    const isReversible = newest.desired !== null && group.saved !== null && idOf(group.saved) === saved;
    return { state: 'rolling-out', from: deploys, awsGoesTo: isReversible ? awsGoesTo : null };
  }
  if (isRollingBack(newest.status)) return { state: 'rolling-back', from: deploys, awsGoesTo };
  // A group that already named the bad version rolls back to the bad version, which is no way back.
  if (newest.status === 'RollbackSuccessful')
    return { state: awsGoesTo === null ? 'at-rest' : 'went-back', from: saved, awsGoesTo: null };
  // It failed, or was cancelled without a rollback. What it deployed is at fault, if it still runs or will be launched.
  const remains = deploys === saved || group.instances.some(({ revision }) => revision === deploys);
  return { state: 'at-rest', from: remains ? deploys : runsIn(group, saved, asked), awsGoesTo: null };
}

/** Returns the group's own version, unless every instance in service runs another; then the most common one. */
function runsIn({ instances }: Group, saved: string, asked: string | undefined): string {
  const running = mostCommonFirst(instances.filter(({ lifecycle }) => lifecycle === 'InService'));
  const [most = saved] = running;
  return running.includes(saved) || most === asked ? saved : most;
}
