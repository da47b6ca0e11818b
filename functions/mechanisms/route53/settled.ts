import type { Poll } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import type { Memo } from './memo.ts';
import { whyUnknown, type Lifetime } from './lifetimes.ts';
import type { Route53 } from './route53.ts';
import { problemOf, weightsOf } from './supported.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { isSame, nameWeights, writeWeights, type Weights } from './weights.ts';

/**
 * Route 53 says whether a change has reached all its name servers, and not since when. As a rule that takes no longer than
 * this, and the TTL is counted from there. https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html
 */
const USUAL_SYNC_SECONDS = 60;

interface Clients {
  readonly route53: Pick<Route53, 'records' | 'change'>;
  readonly now: () => string;
}

/** Polls: are the weights ours, have all name servers got them, and has the old answer run out, as far as TTLs tell? */
export function settledWith({ route53, now }: Clients): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted }) => {
    const { to, lifetime } = plan.memo;
    const [records, change] = await Promise.all([
      route53.records(recordOf(request.target)),
      changeOf(route53, reverted.deployment),
    ]);
    const problem = problemOf(records);
    if (records === null || problem !== null)
      return { state: 'failed', reason: problem ?? 'the zone is gone' };
    const present = weightsOf(records);
    if (!isSame(present, to)) return overtaken(writeWeights(present));
    if (change !== null && !change.inSync)
      return { state: 'pending', summary: 'the change has not reached all name servers of Route 53 yet' };
    const until = after(change?.submittedAt ?? reverted.at, USUAL_SYNC_SECONDS + lifetime.ttl);
    return isAfter(until, now()) ? cached(until, lifetime) : settled(to, lifetime);
  };
}

/** Null: an earlier try of ours made it and its id was lost, so only time tells. */
async function changeOf(
  route53: Clients['route53'],
  id: string,
): Promise<{ readonly inSync: boolean; readonly submittedAt: Instant } | null> {
  return id.startsWith('/change/') ? route53.change(id) : null;
}

function overtaken(by: string): Poll {
  return { state: 'overtaken', by, reason: `somebody set other weights: ${by}` };
}

function cached(until: Instant, { unknown }: Lifetime): Poll {
  const least = unknown.length === 0 ? '' : 'at least ';
  return { state: 'pending', summary: `resolvers may give the old answer ${least}until ${until}` };
}

function settled(to: Weights, lifetime: Lifetime): Poll {
  const caches = whyUnknown(lifetime) ?? 'the old answer has run out';
  return {
    state: 'settled',
    summary: `the weights are ${writeWeights(to)} (${nameWeights(to)}), and ${caches}`,
  };
}
