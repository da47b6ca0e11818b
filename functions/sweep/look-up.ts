import { settledOf } from '../../src/aws/each.ts';
import type { Ledger, ObservedRevision } from '../../src/ledger/ledger.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Deployed, Reconciler, SweepContext } from '../../src/targets/kind.ts';
import { readTarget } from '../../src/targets/target.ts';
import type { Rests } from './rests.ts';

/**
 * The most observed revisions that one sweep reads, oldest first: a kind with a small share must not hide the others.
 */
const MAX_READ = 2_000;

export interface LookingUp {
  readonly ledger: Pick<Ledger, 'soaked'>;
  /** Returns the reconciler of a kind, by the kind's name. */
  readonly kindOf: (name: string) => Pick<Reconciler, 'deployed' | 'provesPerMinute'>;
  readonly context: SweepContext;
  /** Says whether a kind is not to be read in this minute. */
  readonly rests: Rests;
  /** Says whether there is time to begin with another one. */
  readonly hasTime: () => boolean;
}

/** An observed revision whose soak is over, and the present state of its deployment. */
export interface LookedUp {
  readonly observed: ObservedRevision;
  /** @throws the error of its lookup */
  readonly deployed: () => Promise<Deployed | null>;
}

/** Looks up the observed revisions whose soak is over, those of one kind together, and as many as its share allows. */
export async function lookUpSoaked(
  { ledger, kindOf, context, rests, hasTime }: LookingUp,
  now: Instant,
): Promise<readonly LookedUp[]> {
  const soaked = await ledger.soaked(now, MAX_READ);
  const byKind = Object.entries(Object.groupBy(soaked, ({ target }) => target.slice(0, target.indexOf(':'))));
  const found = await settledOf(byKind, async ([, all = []]) => {
    const [first] = all;
    if (first === undefined || !hasTime()) return [];
    const { kind: name } = readTarget(first.target);
    if (await rests(name)) return [];
    const kind = kindOf(name);
    const some = all.slice(0, kind.provesPerMinute);
    const results = await kind.deployed(some, context);
    return some.map((observed, i) => ({ observed, deployed: () => asPromise(results[i]) }));
  });
  return found.flatMap((result, i) =>
    result.status === 'fulfilled'
      ? result.value
      : (byKind[i]?.[1] ?? []).map((observed) => ({ observed, deployed: () => asPromise<Deployed>(result) })),
  );
}

async function asPromise<T>(result: PromiseSettledResult<T> | undefined): Promise<T | null> {
  if (result?.status === 'rejected') throw result.reason;
  return Promise.resolve(result?.value ?? null);
}
