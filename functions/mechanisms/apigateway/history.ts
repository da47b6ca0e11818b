import type { Known as KnownOf } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { withoutSince } from '../../../src/rollback/first-seen.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { readConfiguration, sidesIn, textOf, type Configuration } from './configuration.ts';
import { isGood, type Known } from './standing.ts';

/** How a stage answered for some time. */
export interface Pointing {
  readonly configuration: Configuration;
  /** When the sweep first observed it. */
  readonly since: Instant;
  /** The sight before that, at which the stage did not answer so yet. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Id of the deployment, or only the configuration if its first sight is unknown. */
  readonly id: string;
  /** The side that it introduces. */
  readonly introduced: string;
}

/**
 * What the ledger observed of a stage, newest first, with its present configuration: API Gateway keeps no history of a
 * stage. `seen` is false if the sweep has not observed the present configuration: the change is recent.
 */
export interface History {
  readonly pointings: readonly [Pointing, ...Pointing[]];
  readonly seen: boolean;
}

/** Returns the id of a change of a stage, because API Gateway has none: `abc123 since 2026-11-22T03:04:00.000Z`. */
export function deploymentId(configuration: Configuration, since: Instant): string {
  return `${textOf(configuration)} since ${since}`;
}

/** Returns whether a deployment left the stage in this configuration. */
export function isStill(deployment: string, configuration: Configuration): boolean {
  return withoutSince(deployment) === textOf(configuration);
}

/** @param now the claim's instant: throttled calls delay a plan by minutes, and the change is older than that */
export function historyOf(
  configuration: Configuration,
  { entries, notBefore }: KnownOf,
  known: Known,
  now: Instant,
): History {
  const [newest, ...older] = observedIn(entries);
  const seen = newest !== undefined && textOf(newest.configuration) === textOf(configuration);
  const before = introducing([...(seen || newest === undefined ? [] : [newest]), ...older], known);
  const present: Observed = seen
    ? newest
    : {
        ...{ configuration, id: deploymentId(configuration, now) },
        ...sightsOf({ since: now, notBefore: notBefore ?? newest?.since }),
      };
  const introduced = introducedBy(configuration, before[0] ?? null, known);
  return { pointings: [{ ...present, introduced }, ...before], seen };
}

type Observed = Omit<Pointing, 'introduced'>;

interface Sights {
  readonly since: Instant;
  readonly notBefore?: Instant | undefined;
}

function sightsOf({ since, notBefore }: Sights): Pick<Observed, 'since' | 'notBefore'> {
  return { since, ...(notBefore !== undefined && { notBefore }) };
}

/** Returns the observations, newest first, and merges those that repeat one another. */
export function observedIn(entries: readonly Entry[]): readonly Observed[] {
  const found = entries
    .flatMap((entry) => observedBy(entry) ?? [])
    .toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since));
  const kept: Observed[] = [];
  for (const one of found) {
    const last = kept.at(-1);
    if (last === undefined || textOf(last.configuration) !== textOf(one.configuration)) kept.push(one);
    else kept[kept.length - 1] = merged(last, one);
  }
  return kept.toReversed();
}

/** A proven entry keeps neither the sight before nor the id. Its observation of the same instant does. */
function merged(first: Observed, { since, notBefore, id }: Observed): Observed {
  return {
    ...first,
    ...(first.since === since && notBefore !== undefined && { notBefore }),
    id: id.length > first.id.length ? id : first.id,
  };
}

function observedBy(entry: Entry): Observed | null {
  if (entry.state === 'condemned') return null;
  const isObserved = 'deployment' in entry;
  const id = isObserved ? entry.deployment : entry.revision.id;
  const configuration = readConfiguration(withoutSince(id));
  if (configuration === null) return null;
  const notBefore = isObserved ? entry.notBefore : undefined;
  return { configuration, ...sightsOf({ since: entry.completedAt, notBefore }), id };
}

function introducing(found: readonly Observed[], known: Known): readonly Pointing[] {
  const pointings: Pointing[] = [];
  for (const one of found.toReversed())
    pointings.push({
      ...one,
      introduced: introducedBy(one.configuration, pointings.at(-1) ?? null, known),
    });
  return pointings.toReversed();
}

/**
 * Returns the side that a configuration introduces. Of two sides that share, it is the one that was not there before, and
 * it stays the same while these two share. If neither decides, it is the canary, unless only that one is good.
 */
function introducedBy(configuration: Configuration, before: Pointing | null, known: Known): string {
  const { stage, canary } = configuration;
  if (canary === null) return stage;
  if (before !== null) {
    const named = sidesIn(before.configuration);
    const [added, another] = sidesIn(configuration).filter((side) => !named.includes(side));
    if (added !== undefined && another === undefined) return added;
    if (added === undefined && before.configuration.canary !== null) return before.introduced;
  }
  return isGood(canary.side, known) && !isGood(stage, known) ? stage : canary.side;
}
