import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Refresh } from './autoscaling.ts';
import { idOf, isNumbered, namedRevision } from './revision.ts';
import { stateOf, wentBack } from './status.ts';
import type { Survey } from './survey.ts';

/**
 * The newest refresh as the document knows it. Absent: there is none, or something else runs since it ended, so that it
 * does not say how what runs came to run. What has not begun yet begins now, and is to blame for nothing.
 */
export function toDeployment(seen: Survey, now: Instant): Deployment | null {
  const { newest, saved, standing, versions } = seen;
  if (newest === null) return null;
  const deploys = numberedOf(newest, seen);
  if (newest.status === 'Successful' && deploys !== standing.from) return null;
  return {
    id: newest.id,
    state: stateOf(newest.status),
    startedAt: newest.startedAt ?? now,
    ...(newest.finishedAt !== null && { finishedAt: newest.finishedAt }),
    revision: namedRevision(deploys, versions),
    isRollback: bringsBack(newest, deploys, saved) || replacesTheCondemned(newest, deploys, seen, now),
  };
}

/** A refresh of `$Latest`, or of what the group says, does not tell a number: only its standing and what runs do. */
function numberedOf({ desired, status }: Refresh, { standing, saved }: Survey): string {
  if (desired === null) return status === 'Successful' ? standing.from : saved;
  return isNumbered(desired) ? idOf(desired) : standing.from;
}

/** A rollback of Auto Scaling from a version to the same version is none. */
function bringsBack({ status }: Refresh, deploys: string, saved: string): boolean {
  return wentBack(status) && deploys !== saved;
}

/**
 * A refresh carries no mark of who started it. It is a way back when it deploys what was good before something was
 * condemned. The fix deploys something that was not there before.
 */
function replacesTheCondemned(
  newest: Refresh,
  deploys: string,
  { entries, refreshes }: Survey,
  now: Instant,
): boolean {
  const good = [...provenAt(entries, deploys), ...deployedAt(refreshes, newest, deploys)];
  const [first] = good.toSorted();
  if (first === undefined || !isAfter(newest.startedAt ?? now, first)) return false;
  return entries.some((entry) => entry.state === 'condemned' && isAfter(entry.condemnedAt, first));
}

function provenAt(entries: readonly Entry[], id: string): readonly Instant[] {
  return entries.flatMap((entry) =>
    entry.state === 'proven' && entry.revision.id === id ? [entry.completedAt] : [],
  );
}

function deployedAt(refreshes: readonly Refresh[], newest: Refresh, id: string): readonly Instant[] {
  return refreshes.flatMap(({ id: refresh, status, desired, finishedAt }) =>
    refresh !== newest.id && status === 'Successful' && desired !== null && idOf(desired) === id
      ? (finishedAt ?? [])
      : [],
  );
}
