import { Route53Client } from '@aws-sdk/client-route-53';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import type { OptedIn } from '../../../src/aws/opted-in.ts';
import { oncePer } from '../../../src/aws/once-per.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { clientsOf, createBalancers } from './balancers.ts';
import { deployedAs, seenOf, shownIn, type RunningIn, type Shown } from './observed.ts';
import type { Balancers, WeightedRecord } from './route53.ts';
import { createRoute53 } from './sdk.ts';
import { COUNTS, MORE, PAGES, PROOFS } from './shares.ts';
import { unitOf } from './unit.ts';
import { createZonePages } from './zone-pages.ts';

/** How long a proof may rest on records that the sweep read: two minutes, and some delay. */
const FRESH_SECONDS = 150;

/** A sweep proves twenty in all, and most of them by what it read. */
const PROOFS_PER_MINUTE = 20;

/**
 * Creates what the sweep uses to reconcile weighted records. It lists the load balancers of a Region once a minute, if a
 * record needs it.
 */
export function createReconciler({ connect }: Surroundings): Reconciler {
  return reconcilerOf(connect(Route53Client), createBalancers(clientsOf(connect)));
}

export function reconcilerOf(
  client: Pick<Route53Client, 'send'>,
  balancers: Pick<Balancers, 'running'>,
): Reconciler {
  const route53 = createRoute53(client);
  const zones = createZonePages(client);
  const readers = oncePer(() => onceEach((region) => balancers.running(region)));
  const counts = new Map<string, number>();
  const latest = createLatest();
  return {
    shares: [PAGES, MORE, COUNTS, PROOFS],
    unitsPerPage: 1,
    units: async ({ optedIn, now }) => {
      const wanted = [...zonesIn(await optedIn('global')).keys()];
      if (wanted.length === 0) return [];
      const countOf = await zones.counts(now);
      return wanted.flatMap((zone) => {
        const count = countOf(zone);
        counts.set(zone, count);
        return Array.from({ length: count }, (_, index) => unitOf(zone, index));
      });
    },
    read: async ([unit], context) => {
      const { batch: zone, name } = unit;
      const sets = await zones.read(zone, Number(name), counts.get(zone) ?? 1, context);
      const shown = shownIn(zone, sets);
      latest.keep(shown, context.now);
      return Promise.all(shown.map((one) => seenOf(unit, one, readers(context))));
    },
    provesPerMinute: PROOFS_PER_MINUTE,
    deployed: async (observed, context) => {
      const tags = zonesIn(await context.optedIn('global'));
      const proofs = createBudget(PROOFS.callsPerMinute);
      return settledOf(observed, async (one) => {
        const name = recordOf(one.target);
        const records =
          latest.of(one.target, context.now) ??
          (await within(proofs, PROOFS.quota, () => route53.records(name)));
        return deployedAs(one, records, tags.get(name.zone), readers(context));
      });
    },
  };
}

/** Returns the tags of the opted-in zones. Records have no tags: those of their zone opt them in. */
function zonesIn(optedIn: readonly OptedIn[]): ReadonlyMap<string, OptedIn['tags']> {
  return new Map(
    optedIn.flatMap(({ arn, tags }) => {
      const zone = /^arn:[^:]+:route53:::hostedzone\/(.+)$/.exec(arn)?.[1];
      return zone === undefined ? [] : [[zone, tags] as const];
    }),
  );
}

/** Keeps the records that the last pages showed. */
function createLatest() {
  const kept = new Map<string, { readonly records: readonly WeightedRecord[]; readonly at: Instant }>();
  return {
    keep: (shown: readonly Shown[], at: Instant) => {
      for (const { target, records } of shown) kept.set(target, { records, at });
    },
    of: (target: string, now: Instant) => {
      for (const [other, { at }] of kept) if (secondsBetween(at, now) > FRESH_SECONDS) kept.delete(other);
      return kept.get(target)?.records ?? null;
    },
  };
}

function onceEach(read: RunningIn): RunningIn {
  const asked = new Map<string, ReturnType<RunningIn>>();
  return (region) => {
    const answer = asked.get(region) ?? read(region);
    asked.set(region, answer);
    return answer;
  };
}
