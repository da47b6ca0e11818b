import type { WrittenLook } from '../../judge/incident.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Deployment, Plan } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { isObservationOf } from './observation.ts';
import type { Background } from './moment.ts';
import { recentIn } from './to-deployments.ts';

/** Days that the judge looks back for earlier rollbacks. */
export const ROLLBACK_DAYS = 3;

type Written = NonNullable<WrittenLook['ledger']>[number];

/** Writes the ledger as it was at an instant, oldest first. */
export function toLedger(entries: readonly Entry[], plan: Plan, at: Instant): Written[] {
  const held = entries.flatMap((entry) => toEntry(entry, recentIn(plan), at));
  return held.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function toEntry(entry: Entry, recent: readonly Deployment[], at: Instant): readonly Written[] {
  switch (entry.state) {
    case 'condemned':
      return isAfter(entry.condemnedAt, at)
        ? []
        : [{ revision: entry.revision.id, state: 'condemned', at: entry.condemnedAt }];
    case 'proven':
      return isAfter(entry.provenAt, at)
        ? []
        : [{ revision: entry.revision.id, state: 'proven', at: entry.provenAt }];
    default: {
      const { completedAt, soakUntil } = entry;
      const deployed = recent.find((deployment) => isObservationOf(deployment, entry));
      if (deployed === undefined || isAfter(completedAt, at) || !isAfter(soakUntil, at)) return [];
      return [{ revision: deployed.revision.id, state: 'candidate', at: completedAt }];
    }
  }
}

/** Writes the target's earlier rollbacks as they were at an instant, oldest first. */
export function toRollbacks(
  { records, execution }: Pick<Background, 'records' | 'execution'>,
  at: Instant,
): NonNullable<WrittenLook['rollbacks']> {
  const since = after(at, -ROLLBACK_DAYS * 86_400);
  return records
    .filter((record) => record.execution !== execution)
    .filter(({ startedAt }) => isAfter(startedAt, since) && !isAfter(startedAt, at))
    .toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))
    .map((record) => toRollback(record, at));
}

function toRollback({ startedAt, automatic, outcome, from }: RollbackRecord, at: Instant) {
  if (outcome === undefined || isAfter(outcome.at, at)) return { startedAt, automatic };
  const ended = { endedAt: outcome.at, outcome: outcome.state };
  return { startedAt, ...ended, automatic, ...(from !== undefined && { from }) };
}
