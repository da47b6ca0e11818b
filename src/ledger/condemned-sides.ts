import { isAfter } from '../rollback/time.ts';
import type { Condemned } from './among.ts';
import type { Entry } from './ledger.ts';
import type { Side, Sides } from './spellings/spelled.ts';
import { mayStand, sidesIn } from './spellings/weights.ts';

/** A side of a division that a condemned change gave more traffic. */
export interface CondemnedSide {
  /** Its name for people. */
  readonly name: string;
  /** Fingerprint of what was behind it. Absent: AWS did not show it. */
  readonly behind?: string;
  /** Whether it holds what was condemned, as far as the ledger knows. */
  readonly holdsIt: boolean;
  /** The largest share that was proven with the same behind it, as far as AWS showed that. 0: none. */
  readonly provenShare: number;
  /** Says whether an asked side is this one. */
  readonly isNamed: (asked: string) => boolean;
}

/** A division as the ledger keeps it. */
interface Kept {
  readonly sides: Sides;
  readonly since: string;
  readonly isProven: boolean;
}

/**
 * Returns the sides at fault in a condemned division: those that got more than in the division before. The only side,
 * where none before is known. Empty: it is no division, or the side at fault is not known.
 */
export function condemnedSides(entry: Condemned, entries: readonly Entry[]): readonly CondemnedSide[] {
  const [own] = keptIn([entry]);
  if (own === undefined) return [];
  const runs = keptIn(entries);
  const before = runs.find(
    ({ since, sides }) => isAfter(own.since, since) && !isSameDivision(sides, own.sides),
  );
  const atFault = [...own.sides].filter((side) => isRaised(side, own.sides, before?.sides));
  return atFault.map(([id, side]) => ({
    name: nameOf(id, entries),
    ...(side.behind !== undefined && { behind: side.behind }),
    holdsIt: holdsIt(
      id,
      side,
      runs.filter(({ since }) => isAfter(since, own.since)),
    ),
    provenShare: Math.max(
      0,
      ...runs.filter((run) => isProvenWith(run, id, side)).map(({ sides }) => shareOf(id, sides)),
    ),
    isNamed: (asked) => isNamed(asked, id, entries),
  }));
}

/**
 * Says whether weights give a condemned side traffic, with what was condemned behind it as far as that is known. A share
 * that was proven with the same behind it is good: only more of it was condemned.
 */
export function givesTraffic(
  asked: Sides,
  { behind, holdsIt, provenShare, isNamed }: CondemnedSide,
): boolean {
  return [...asked].some(([side, one]) => {
    if (!isNamed(side) || shareOf(side, asked) <= provenShare) return false;
    const isCompared = one.behind !== undefined && behind !== undefined;
    return isCompared ? mayStand(one.behind, behind) : holdsIt;
  });
}

/** Returns the divisions in the ledger, newest first. */
function keptIn(entries: readonly Entry[]): readonly Kept[] {
  const kept = entries.flatMap((entry) => {
    const id = 'deployment' in entry ? entry.deployment : entry.revision.id;
    const [, since] = / since (\S+)$/.exec(id) ?? [];
    const sides = sidesIn(id);
    return since === undefined || sides === null ? [] : { sides, since, isProven: entry.state === 'proven' };
  });
  return kept.toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since));
}

function isSameDivision(one: Sides, other: Sides): boolean {
  return (
    one.size === other.size && [...one].every(([id]) => shareOf(id, one) === shareOf(id, other, one.get(id)))
  );
}

function isRaised([id, side]: readonly [string, Side], own: Sides, before: Sides | undefined): boolean {
  if (before === undefined) return own.size === 1;
  return shareOf(id, own) > shareOf(id, before, side);
}

/** Returns the share of a side; 0 where it has none, or is known to have had something else behind it. */
function shareOf(id: string, sides: Sides, as?: Side): number {
  const side = sides.get(id);
  if (side === undefined || !mayStand(side.behind, as?.behind)) return 0;
  return side.weight / [...sides.values()].reduce((sum, { weight }) => sum + weight, 0);
}

/** The newest later division decides that shows what is behind the side, or that is proven. */
function holdsIt(id: string, { behind }: Side, later: readonly Kept[]): boolean {
  for (const { sides, isProven } of later) {
    const seen = sides.get(id);
    if (seen === undefined) continue;
    if (seen.behind !== undefined && behind !== undefined) return mayStand(seen.behind, behind);
    if (isProven) return false;
  }
  return true;
}

function isProvenWith({ sides, isProven }: Kept, id: string, { behind }: Side): boolean {
  const seen = sides.get(id)?.behind;
  return isProven && seen !== undefined && behind !== undefined && mayStand(seen, behind);
}

/** A target group goes by its name without its id too, and a record by its identifier as it is. */
function isNamed(asked: string, id: string, entries: readonly Entry[]): boolean {
  return [id, nameOf(id, entries)].includes(asked);
}

/** Returns the name of the side: that of a division that gives it everything, or what its id says. */
function nameOf(id: string, entries: readonly Entry[]): string {
  const whole = entries.find((entry) => {
    const sides = 'revision' in entry ? sidesIn(entry.revision.id) : null;
    return sides?.size === 1 && sides.has(id);
  });
  return whole !== undefined && 'revision' in whole ? whole.revision.name : decoded(groupIn(id));
}

function groupIn(id: string): string {
  return id.split('/')[0] ?? id;
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
