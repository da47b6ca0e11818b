import { condemnedIn, provenIds } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { beganAt, type Report } from '../../../src/ledger/reports.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { readReport } from '../../../src/targets/report-id.ts';

interface Known {
  readonly report: Report;
  readonly revision: string;
}

/**
 * Returns the last deployments that the named sources reported, newest first. Reports of other sources do not count.
 * @param reports newest first
 */
export function deploymentsOf(
  reports: readonly Report[],
  sources: readonly string[],
  entries: readonly Entry[],
): readonly Deployment[] {
  const known = reports.flatMap((report): Known[] => {
    const id = readReport(report.deployment);
    return id === null || !sources.includes(id.source) ? [] : [{ report, revision: id.revision }];
  });
  const proven = new Set(provenIds(entries));
  return known.slice(0, MAX_RECENT_DEPLOYMENTS).map(({ report, revision }, place) => ({
    id: report.deployment,
    ...stateOf(report, known[place - 1]?.report),
    startedAt: beganAt(report),
    revision: { id: revision, name: revision },
    content: revision,
    isRollback: isWayBack(revision, known.slice(place + 1), entries),
    ...(proven.has(revision) && { isProven: true as const }),
  }));
}

/** A deployment whose end was not reported, and that was replaced, may have taken traffic all that time. */
function stateOf(
  { ended }: Report,
  next: Report | undefined,
): Pick<Deployment, 'state' | 'finishedAt' | 'remains'> {
  if (ended !== undefined) return { state: ended.state, finishedAt: ended.at };
  if (next === undefined) return { state: 'in-flight' };
  return { state: 'failed', finishedAt: beganAt(next), remains: true };
}

/** Says whether a revision that ran before replaced one that was condemned since it began. */
function isWayBack(
  revision: string,
  [before, ...older]: readonly Known[],
  entries: readonly Entry[],
): boolean {
  if (before === undefined || !older.some((one) => one.revision === revision)) return false;
  const since: Instant = beganAt(before.report);
  return condemnedIn(entries).some(
    ({ revision: { id }, condemnedAt }) => id === before.revision && isAfter(condemnedAt, since),
  );
}
