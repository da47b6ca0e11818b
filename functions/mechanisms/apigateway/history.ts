import { isGoodSide, type KnownSides } from '../../../src/ledger/known-sides.ts';
import type { Known as KnownOf } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import {
  introducing,
  observedIn as observedWith,
  pointingsOf,
  sightsOf,
  type History as HistoryOf,
  type Observed as ObservedAs,
  type Pointing as PointingOf,
} from '../../../src/ledger/pointings.ts';
import { withoutSince } from '../../../src/rollback/first-seen.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { readConfiguration, sidesIn, textOf, type Configuration } from './configuration.ts';

/** How a stage answered for some time. */
export type Pointing = PointingOf<Configuration>;

export type History = HistoryOf<Configuration>;

type Observed = ObservedAs<Configuration>;

/** Returns the id of a change of a stage, because API Gateway has none: `abc123 since 2026-11-22T03:04:00.000Z`. */
export function deploymentId(configuration: Configuration, since: Instant): string {
  return `${textOf(configuration)} since ${since}`;
}

/** Returns whether a deployment left the stage in this configuration. */
export function isStill(deployment: string, configuration: Configuration): boolean {
  return withoutSince(deployment) === textOf(configuration);
}

/** @param now `since` of the plan's input: a configuration that the ledger does not know began before it */
export function historyOf(
  configuration: Configuration,
  { entries, notBefore }: KnownOf,
  known: KnownSides,
  now: Instant,
): History {
  const [newest, ...older] = observedIn(entries);
  const introducedBy = introducing(sidesIn, known, (one: Configuration) => sideOf(one, known));
  const seen = newest !== undefined && textOf(newest.configuration) === textOf(configuration);
  const before = pointingsOf([...(seen || newest === undefined ? [] : [newest]), ...older], introducedBy);
  const present: Observed = seen
    ? newest
    : {
        ...{ configuration, id: deploymentId(configuration, now) },
        ...sightsOf({ since: now, notBefore: notBefore ?? newest?.since }),
      };
  const introduced = introducedBy(configuration, before[0] ?? null);
  return { pointings: [{ ...present, introduced }, ...before], seen };
}

/** Returns the observations, newest first, and merges those that repeat one another. */
export function observedIn(entries: readonly Entry[]): readonly Observed[] {
  return observedWith(
    entries,
    (id) => readConfiguration(withoutSince(id)),
    (first, other) => textOf(first.configuration) === textOf(other.configuration),
  );
}

/** Returns the canary, unless only that one is good. */
function sideOf({ stage, canary }: Configuration, known: KnownSides): string {
  if (canary === null) return stage;
  return isGoodSide(canary.side, known) && !isGoodSide(stage, known) ? stage : canary.side;
}
