import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import type { Memo } from './memo.ts';
import { whyUnknown, type Lifetime } from './lifetimes.ts';
import type { Route53 } from './route53.ts';
import { problemOf, weightsOf } from './supported.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { isSame, nameWeights, writeWeights, type Weights } from './weights.ts';

/**
 * How long a change usually takes to reach all name servers of Route 53, which does not say when it did. The TTL is
 * counted from then. https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html
 */
const USUAL_SYNC_SECONDS = 60;

interface Clients {
  readonly route53: Pick<Route53, 'records' | 'change'>;
  readonly now: () => string;
}

/**
 * Polls whether the weights are set, all name servers have them, and the old answer has expired as far as TTLs show.
 */
export function settledWith({ route53, now }: Clients): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, settled: before }) => {
    const { to, lifetime } = plan.memo;
    const [records, change] = await Promise.all([
      route53.records(recordOf(request.target)),
      before?.state === 'settled' ? null : changeOf(route53, reverted.deployment),
    ]);
    if (records === null || records.length === 0) return gone('there is no such record any more');
    const problem = problemOf(records);
    if (problem !== null) return { state: 'failed', reason: problem };
    const present = weightsOf(records);
    if (!isSame(present, to)) return overtaken(writeWeights(present));
    // What was in sync stays so: then only other weights could matter.
    if (before?.state === 'settled') return settled(to, lifetime);
    if (change !== null && !change.inSync)
      return { state: 'pending', summary: 'the change has not reached all name servers of Route 53 yet' };
    const until = after(change?.submittedAt ?? reverted.at, USUAL_SYNC_SECONDS + lifetime.ttl);
    return isAfter(until, now()) ? cached(until, lifetime) : settled(to, lifetime);
  };
}

/** Returns null if an earlier try made the change and its id was lost. Then only time shows that it is in sync. */
async function changeOf(
  route53: Clients['route53'],
  id: string,
): Promise<{ readonly inSync: boolean; readonly submittedAt: Instant } | null> {
  return id.startsWith('/change/') ? route53.change(id) : null;
}

function overtaken(by: string): Poll {
  return { state: 'overtaken', by, reason: `the weights were changed after the rollback: ${by}` };
}

function cached(until: Instant, { unknown }: Lifetime): Poll {
  const least = unknown.length === 0 ? '' : 'at least ';
  return { state: 'pending', summary: `resolvers may give the old answer ${least}until ${until}` };
}

function settled(to: Weights, lifetime: Lifetime): Poll {
  const caches = whyUnknown(lifetime) ?? 'the old answer has expired';
  return {
    state: 'settled',
    summary: `the weights are ${writeWeights(to)} (${nameWeights(to)}), and ${caches}`,
  };
}
