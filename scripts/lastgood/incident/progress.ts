import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Deployment, Plan } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { completionOf } from './observation.ts';
import { recentIn } from './to-deployments.ts';

/** Returns a plan with its deployments as they were later. Null: the ledger does not know how one in flight went on. */
export function progressedBy(plan: Plan, entries: readonly Entry[], at: Instant): Plan | null {
  const recent = recentIn(plan).map((one) => progressOf(one, entries, at));
  return recent.every((one) => one !== null) ? { ...plan, recent } : null;
}

function progressOf(deployment: Deployment, entries: readonly Entry[], at: Instant): Deployment | null {
  const { state } = deployment;
  if (state === 'completed' || state === 'failed') return deployment;
  const finishedAt = completionOf(deployment, entries);
  if (finishedAt === null || isAfter(finishedAt, at)) return null;
  return { ...deployment, state: 'completed', finishedAt };
}
