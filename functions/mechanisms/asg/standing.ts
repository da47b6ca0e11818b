import type { Group, Refresh } from './autoscaling.ts';
import { idOf, mostCommonFirst } from './revision.ts';
import { isInFlight, isRollingBack } from './status.ts';

/**
 * Where the newest refresh stands. `from`: id of the revision that runs or is being rolled out; `native`: what
 * RollbackInstanceRefresh brings back, null where it brings back nothing, or the one at fault again.
 */
export interface Standing {
  readonly state: 'rolling-out' | 'rolling-back' | 'went-back' | 'at-rest';
  readonly from: string;
  readonly awsGoesTo: string | null;
}

/**
 * @param saved id of what the group itself says, with the number behind `$Latest` or `$Default`
 * @param asked id of what somebody asks for: where that runs, at fault is what the group would launch instead
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
  // Of a group that named the bad version already, a rollback brings back the bad version: that is no way back.
  if (newest.status === 'RollbackSuccessful')
    return { state: awsGoesTo === null ? 'at-rest' : 'went-back', from: saved, awsGoesTo: null };
  // Failed, or cancelled, and left where it was: at fault is what it deployed, if anything still runs it or will.
  const remains = deploys === saved || group.instances.some(({ revision }) => revision === deploys);
  return { state: 'at-rest', from: remains ? deploys : runsIn(group, saved, asked), awsGoesTo: null };
}

/** What the group says, unless every instance in service runs something else: then what the most of them run. */
function runsIn({ instances }: Group, saved: string, asked: string | undefined): string {
  const running = mostCommonFirst(instances.filter(({ lifecycle }) => lifecycle === 'InService'));
  const [most = saved] = running;
  return running.includes(saved) || most === asked ? saved : most;
}
