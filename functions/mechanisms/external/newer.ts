import type { Reports } from '../../../src/ledger/reports.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { arrivalOf, readReport } from '../../../src/targets/report-id.ts';
import { deploymentsOf } from './deployments.ts';

interface Way {
  /** The newest deployment at the time of the plan. */
  readonly newest: string | null;
  /** Id of the revision that the way back brings. */
  readonly to: string | null;
  /** Absent: nothing was handed over yet. */
  readonly handover?: string;
}

/**
 * Returns the newest deployment if it was reported after the plan, and is no way back to this revision. Null: there is
 * none. A system may say that its way back is done while its pipeline still deploys another revision. So that answer
 * ends no other deployment, except one that was reported to have ended before.
 */
export async function newerThan(
  reports: Pick<Reports, 'of'>,
  target: string,
  sources: readonly string[],
  { newest, to, handover }: Way,
): Promise<Deployment | null> {
  const all = deploymentsOf(await reports.of(target), sources, []);
  const arrival = handover === undefined ? undefined : all.find(({ id }) => isArrival(id, handover));
  const last = all.find((one) => one !== arrival);
  if (last === undefined || last.id === newest || last.revision.id === to) return null;
  return hasEndedBefore(last, arrival) ? null : last;
}

function isArrival(id: string, handover: string): boolean {
  return readReport(id)?.deployment === arrivalOf(handover);
}

function hasEndedBefore({ finishedAt }: Deployment, arrival: Deployment | undefined): boolean {
  return finishedAt !== undefined && arrival !== undefined && isAfter(arrival.startedAt, finishedAt);
}
