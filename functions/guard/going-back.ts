import type { Claims } from '../../src/ledger/claims.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { GoingBack } from '../../src/rollback/facts.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after } from '../../src/rollback/time.ts';
import { problemOfTarget } from '../../src/targets/target.ts';
import { optional } from './optional.ts';

/** Each dependency costs a query. */
const MAX_DEPENDENCIES = 5;

/** A rollback that still writes began within so long. */
const LOOK_BACK_SECONDS = 3600;

/**
 * Reads which targets in the tag `lastgood:needs` Lastgood is going back with. A rollback counts from its first write, so
 * that of two targets that need each other one goes back. What cannot be read is none.
 */
export async function dependenciesGoingBack(
  claims: Pick<Claims, 'records'>,
  { plan, claim }: Pick<Judgeable, 'plan' | 'claim'>,
): Promise<readonly GoingBack[]> {
  const { needs = [] } = readSettings(plan.tags);
  const targets = needs.filter((word) => problemOfTarget(word) === null).slice(0, MAX_DEPENDENCIES);
  if (claim === undefined || targets.length === 0) return [];
  const since = after(claim.since, -LOOK_BACK_SECONDS);
  const found = await optional(async () =>
    (await Promise.all(targets.map((target) => claims.records(target, since)))).flat(),
  );
  if (!found.known) return [];
  return found.is
    .filter(({ outcome, writing }) => outcome === undefined && writing === true)
    .map(({ target, startedAt }) => ({ target, since: startedAt }));
}
