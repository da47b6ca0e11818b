import { condemnedIds, provenIn } from '../../../src/ledger/among.ts';
import { isBefore } from '../../../src/rollback/blame.ts';
import { firstWay, passedOver, type FirstWay } from '../../../src/rollback/first-way.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Survey } from './survey.ts';

/** Returns the newest proven revision that ran before the suspect and is not condemned, and what was passed over. */
export function choose(seen: Survey): Promise<FirstWay<Revision>> {
  const candidates = provenIn(seen.entries);
  return firstWay(
    candidates,
    ({ revision }, why) => passedOver(revision.name, why),
    ({ revision, completedAt }) => {
      const why = whyNot(revision.id, completedAt, seen);
      return why === null
        ? { way: { id: revision.id, name: revision.name }, notes: [] }
        : { blockers: [why] };
    },
  );
}

/** Returns null if a revision is older than the suspect, and differs from it. */
function whyNot(id: string, since: Instant, { entries, blame, recent }: Survey): string | null {
  if (condemnedIds(entries).has(id)) return 'it was at fault before';
  if (blame === null) return null;
  const { suspect } = blame;
  if (suspect.revision.id === id) return 'it is the suspect itself';
  return isBefore({ content: id, since }, blame, recent)
    ? null
    : `it is newer than ${suspect.revision.name}, the suspect`;
}
