import type { Reports } from '../../../src/ledger/reports.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { deploymentsOf } from './deployments.ts';

/**
 * Returns the newest deployment if it was reported after the plan, and is no way back to this revision. Null: there is
 * none.
 * @param to id of the revision that the way back brings
 */
export async function newerThan(
  reports: Pick<Reports, 'of'>,
  target: string,
  sources: readonly string[],
  { newest, to }: { readonly newest: string | null; readonly to: string | null },
): Promise<Deployment | null> {
  const [last] = deploymentsOf(await reports.of(target), sources, []);
  if (last === undefined || last.id === newest || last.revision.id === to) return null;
  return last;
}
