import type { Instant } from '../rollback/request.ts';
import { isGoodSide, type KnownSides } from './known-sides.ts';
import type { Entry } from './ledger.ts';

/** How an alias or stage pointed for some time. `C` is the kind's configuration: one side, or two that share. */
export interface Pointing<C> {
  readonly configuration: C;
  /** When the sweep first observed it. */
  readonly since: Instant;
  /** The sight before that, at which it did not point so yet. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Id of the deployment, or only the configuration if the change is unknown. */
  readonly id: string;
  /** The side that it introduces. */
  readonly introduced: string;
}

/**
 * What the ledger observed of an alias or stage, newest first, with its present configuration: AWS keeps no history of
 * either. `seen` is false if the sweep has not observed the present configuration: the change is recent.
 */
export interface History<C> {
  readonly pointings: readonly [Pointing<C>, ...Pointing<C>[]];
  readonly seen: boolean;
}

export type Observed<C> = Omit<Pointing<C>, 'introduced'>;

interface Sights {
  readonly since: Instant;
  readonly notBefore?: Instant | undefined;
}

export function sightsOf({ since, notBefore }: Sights): Pick<Observed<unknown>, keyof Sights> {
  return { since, ...(notBefore !== undefined && { notBefore }) };
}

/**
 * Returns the observations, newest first, and merges those that repeat one another.
 * @param read returns the configuration in an id; null: it has none
 * @param isOne returns whether the second observation repeats the first
 */
export function observedIn<C>(
  entries: readonly Entry[],
  read: (id: string) => C | null,
  isOne: (first: Observed<C>, other: Observed<C>) => boolean,
): readonly Observed<C>[] {
  const found = entries
    .flatMap((entry) => observedBy(entry, read) ?? [])
    .toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since));
  const kept: Observed<C>[] = [];
  for (const one of found) {
    const last = kept.at(-1);
    if (last !== undefined && isOne(last, one)) kept[kept.length - 1] = merged(last, one);
    else kept.push(one);
  }
  return kept.toReversed();
}

/** A proven entry may keep neither the sight before nor the id. Its observation of the same instant does. */
function merged<C>(first: Observed<C>, { since, notBefore, id }: Observed<C>): Observed<C> {
  return {
    ...first,
    ...(first.since === since && notBefore !== undefined && { notBefore }),
    id: id.length > first.id.length ? id : first.id,
  };
}

function observedBy<C>(entry: Entry, read: (id: string) => C | null): Observed<C> | null {
  if (entry.state === 'condemned') return null;
  const isObserved = 'deployment' in entry;
  const id = isObserved ? entry.deployment : entry.revision.id;
  const configuration = read(id);
  if (configuration === null) return null;
  const notBefore = isObserved ? entry.notBefore : undefined;
  return { configuration, ...sightsOf({ since: entry.completedAt, notBefore }), id };
}

/** Returns the side that a configuration introduces, after the one before it. */
export type Introducing<C> = (configuration: C, before: Pointing<C> | null) => string;

/** Adds the side that each observation introduces. Both lists are newest first. */
export function pointingsOf<C>(
  found: readonly Observed<C>[],
  introducedBy: Introducing<C>,
): readonly Pointing<C>[] {
  const pointings: Pointing<C>[] = [];
  for (const one of found.toReversed())
    pointings.push({ ...one, introduced: introducedBy(one.configuration, pointings.at(-1) ?? null) });
  return pointings.toReversed();
}

/**
 * Says which side a configuration introduces. Of two sides that share, it is the one that was not there before, and it
 * stays the same while these two share. A good side that comes back as the main one introduces nothing: the other side
 * keeps a share beside it, as a canary does.
 * @param sidesIn returns the one or two sides of a configuration, the main one first
 * @param known the sides that are proven or condemned
 * @param otherwise decides where neither does
 */
export function introducing<C>(
  sidesIn: (configuration: C) => readonly string[],
  known: KnownSides,
  otherwise: (configuration: C) => string,
): Introducing<C> {
  return (configuration, before) => {
    const sides = sidesIn(configuration);
    if (sides.length < 2 || before === null) return otherwise(configuration);
    const then = sidesIn(before.configuration);
    const [added, another] = sides.filter((side) => !then.includes(side));
    if (added !== undefined && another === undefined) return keptBeside(added, sides, known) ?? added;
    if (added === undefined && then.length > 1) return before.introduced;
    return otherwise(configuration);
  };
}

/** Returns the side that is not known to be good and keeps a share, where the main side that came back is good. */
function keptBeside(added: string, [main, other]: readonly string[], known: KnownSides): string | null {
  if (added !== main || other === undefined) return null;
  return isGoodSide(main, known) && !isGoodSide(other, known) ? other : null;
}
