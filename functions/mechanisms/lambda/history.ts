import type { Known as KnownOf } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import {
  LATEST,
  readConfiguration,
  second,
  textOf,
  versionsOf,
  type Configuration,
} from './configuration.ts';
import { deploymentId, textIn } from './deployment-id.ts';
import type { Alias } from './lambda.ts';
import { standingOf, type Known, type Standing } from './standing.ts';

/** How an alias pointed for some time. */
export interface Pointing {
  readonly configuration: Configuration;
  /** When the sweep first observed it. */
  readonly since: Instant;
  /** The sight before that, at which the alias did not point so yet. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Id of the deployment, or only the configuration if the change is unknown. */
  readonly id: string;
  /** The version that it introduces. */
  readonly introduced: string;
}

/**
 * What the ledger observed of an alias, newest first, with its present configuration: Lambda keeps no history of an
 * alias and no time of a change. `seen` is false if the sweep has not observed the present configuration: the change is
 * recent.
 */
export interface History {
  readonly pointings: readonly [Pointing, ...Pointing[]];
  readonly seen: boolean;
}

interface Present {
  readonly alias: Alias;
  readonly standing: Standing;
  readonly known: Known;
}

export function historyOf(
  { alias, standing, known }: Present,
  { entries, notBefore }: KnownOf,
  now: Instant,
): History {
  const [newest, ...older] = observedIn(entries);
  const id = deploymentId(alias);
  const text = textOf(alias);
  // A sight of `$LATEST` is not recorded, so the alias may have named it since the last record. So may any alias whose
  // last sight is unknown.
  const isUnrecorded = versionsOf(alias).includes(LATEST);
  const seen =
    newest !== undefined && textOf(newest.configuration) === text && [id, text].includes(newest.id);
  const since = seen
    ? sightsOf(newest)
    : sightsOf({ since: now, notBefore: isUnrecorded ? newest?.since : (notBefore ?? newest?.since) });
  const present = { configuration: alias, ...since, id };
  const before = introducing([...(seen || newest === undefined ? [] : [newest]), ...older], known);
  const introduced =
    standing.state === 'moving' ? standing.introduced : introducedBy(alias, before[0] ?? null, known);
  return { pointings: [{ ...present, introduced }, ...before], seen };
}

type Observed = Omit<Pointing, 'introduced'>;

function sightsOf({
  since,
  notBefore,
}: {
  readonly since: Instant;
  readonly notBefore?: Instant | undefined;
}) {
  return { since, ...(notBefore !== undefined && { notBefore }) };
}

/** Returns the observations, newest first, and merges those that repeat one another. */
function observedIn(entries: readonly Entry[]): readonly Observed[] {
  const found = entries
    .flatMap((entry) => observedBy(entry) ?? [])
    .toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since));
  const kept: Observed[] = [];
  for (const one of found) {
    const last = kept.at(-1);
    if (last !== undefined && isOne(last, one))
      kept[kept.length - 1] = { ...earliestSights(last, one), id: fuller(last.id, one.id) };
    else kept.push(one);
  }
  return kept.toReversed();
}

/** A proven entry does not keep the sight before. Its observation of the same instant does. */
function earliestSights(first: Observed, { since, notBefore }: Observed): Observed {
  return first.since === since ? { ...first, ...(notBefore !== undefined && { notBefore }) } : first;
}

function observedBy(entry: Entry): Observed | null {
  if (entry.state === 'condemned') return null;
  const isObserved = 'deployment' in entry;
  const id = isObserved ? entry.deployment : entry.revision.id;
  const configuration = readConfiguration(textIn(id));
  if (configuration === null) return null;
  const notBefore = isObserved ? entry.notBefore : undefined;
  return { configuration, ...sightsOf({ since: entry.completedAt, notBefore }), id };
}

/** Compares the change, or only the configuration if the change of one of them is unknown. */
function isOne(one: Observed, other: Observed): boolean {
  const text = textOf(one.configuration);
  if (text !== textOf(other.configuration)) return false;
  return one.id === other.id || one.id === text || other.id === text;
}

function fuller(one: string, other: string): string {
  return other.length > one.length ? other : one;
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
 * Returns the version that a configuration introduces. Of two versions that share, it is the one that was not named
 * before, and it stays the same while these two share.
 */
function introducedBy(configuration: Configuration, before: Pointing | null, known: Known): string {
  if (second(configuration) === null) return configuration.version;
  const versions = versionsOf(configuration);
  if (before !== null) {
    const named = versionsOf(before.configuration);
    const [added, another] = versions.filter((version) => !named.includes(version));
    if (added !== undefined && another === undefined) return added;
    if (added === undefined && second(before.configuration) !== null) return before.introduced;
  }
  return standingOf(configuration, null, known).introduced;
}
