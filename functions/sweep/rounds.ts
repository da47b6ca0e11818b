import { createHash } from 'node:crypto';
import { idOf, marksOf, sightOfMember, type Round } from '../../src/ledger/rounds.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter, secondsBetween } from '../../src/rollback/time.ts';
import type { Page, Unit } from '../../src/targets/kind.ts';
import { createPacker, type Paging } from './pages.ts';

/** How long a unit that changed is read before the others. */
const RECENT_SECONDS = 900;

/** The most units without a remembered sight in one minute: each target of theirs may cost a read of the ledger. */
export const MAX_NEW_UNITS = 2_000;

/** Last sights of units by this warm function, by id. */
export type Sights = ReadonlyMap<string, Instant>;

/** What is known when a minute begins. */
export interface Minute {
  readonly units: readonly Unit[];
  /** Null before the first round. */
  readonly round: Round | null;
  readonly sights: Sights;
  /** Ids of the units of the minute before. Null after a cold start. */
  readonly known: ReadonlySet<string> | null;
  readonly now: Instant;
}

/** The pages of one minute. */
export interface Due {
  readonly pages: readonly Page[];
  /** The round before they are read. */
  readonly round: Round;
  /** Where the round is after them, and since when. */
  readonly reached: Pick<Round, 'after' | 'began'>;
}

/** What became of a minute's pages. The others failed, or were not begun. */
export interface Results {
  readonly read: readonly Page[];
  /** Units of `read` with a change. */
  readonly changed: readonly Unit[];
}

/**
 * Returns the pages to read in a minute: all, if they fit the share. Otherwise a round goes on over the minutes, in the
 * order of the ids. Units that are due again, and then those that changed lately, come first, in half of the share.
 */
export function dueIn(minute: Minute, paging: Paging): Due {
  const units = minute.units.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
  const round = begunOrGoingOn({ ...minute, units });
  const first = firstAmong(units, round);
  const ordered = [...new Set([...first, ...units])];
  const all = fill(minute, paging, ordered);
  const last = units.at(-1);
  const end = last === undefined ? '' : idOf(last);
  if (all.left === undefined) return { pages: all.pages, round, reached: { after: end, began: minute.now } };
  const rest = units.filter((unit) => idOf(unit) > round.after);
  const some = fill(minute, paging, rest, first);
  const reached = some.left === undefined ? end : before(some.left, units);
  return { pages: some.pages, round, reached: { after: reached, began: round.began } };
}

/** Fills pages with units until one does not fit, and returns that one as `left`. Those ahead get half of the share. */
function fill(
  { sights }: Minute,
  paging: Paging,
  units: readonly Unit[],
  ahead: readonly Unit[] = [],
): { readonly pages: readonly Page[]; readonly left?: Unit } {
  const { callsPerMinute } = paging;
  const packer = createPacker(paging);
  const taken = new Set<Unit>();
  let room = MAX_NEW_UNITS;
  const fits = (unit: Unit, mostCalls: number) => {
    const isNew = !sights.has(idOf(unit));
    if ((isNew && room === 0) || !packer.add(unit, mostCalls)) return false;
    if (isNew) room--;
    taken.add(unit);
    return true;
  };
  ahead.every((unit) => fits(unit, Math.floor(callsPerMinute / 2)));
  const left = units.find((unit) => !taken.has(unit) && !fits(unit, callsPerMinute));
  return { pages: packer.pages(), ...(left !== undefined && { left }) };
}

function before(unit: Unit, units: readonly Unit[]): string {
  const previous = units[units.indexOf(unit) - 1];
  return previous === undefined ? '' : idOf(previous);
}

/** Returns those that are due again, and then those that changed lately, newest first. */
function firstAmong(units: readonly Unit[], { due, recent }: Round): readonly Unit[] {
  const changedAt = (unit: Unit) => Date.parse(recent[idOf(unit)] ?? '');
  const again = units.filter((unit) => idOf(unit) in due);
  const changed = units.filter((unit) => !(idOf(unit) in due) && idOf(unit) in recent);
  return [...again, ...changed.toSorted((one, other) => changedAt(other) - changedAt(one))];
}

function begunOrGoingOn({ units, round, known, now }: Minute): Round {
  const digest = digestOf(units);
  const ids = new Set(units.map(idOf));
  const isSame = digest === round?.units;
  const { members = '' } = isSame ? round : {};
  const all = { units: digest, members: members === '' ? marksOf([...ids]) : members };
  if (round === null) return { ...BEFORE_THE_FIRST, ...all, at: now, began: now, unitsSince: now };
  const isOver = !units.some((unit) => idOf(unit) > round.after);
  const joined = [...ids].filter((id) => known?.has(id) === false);
  return {
    ...round,
    ...all,
    at: now,
    // A warm function knows which units joined, and those are due. The others it has read in their rounds.
    unitsSince: isSame || known !== null ? round.unitsSince : now,
    due: { ...Object.fromEntries(joined.map((id) => [id, null])), ...only(round.due, (id) => ids.has(id)) },
    recent: only(round.recent, (id, at) => ids.has(id) && secondsBetween(at, now) <= RECENT_SECONDS),
    ...(isOver && { after: '', began: now, lastBegan: round.began }),
  };
}

const BEFORE_THE_FIRST = { after: '', due: {}, recent: {} };

function digestOf(units: readonly Unit[]): string {
  return createHash('sha256').update(units.map(idOf).join('\n\n')).digest('hex').slice(0, 16);
}

function only<T>(
  record: Readonly<Record<string, T>>,
  keeps: (id: string, value: T) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([id, value]) => keeps(id, value)));
}

/** Returns the round after a minute's pages. Units whose page was not read are due again. */
export function roundAfter(
  { pages, round, reached }: Due,
  { read, changed }: Results,
  { sights }: Minute,
): Round {
  const wasRead = new Set(read);
  const seen = new Set(read.flat().map(idOf));
  const missed = pages.filter((page) => !wasRead.has(page)).flat();
  const due = missed.map((unit) => [idOf(unit), sightBefore(unit, round, sights)] as const);
  return {
    ...round,
    ...reached,
    due: { ...only(round.due, (id) => !seen.has(id)), ...Object.fromEntries(due) },
    recent: { ...round.recent, ...Object.fromEntries(changed.map((unit) => [idOf(unit), round.at])) },
  };
}

/**
 * Returns a sight of a unit before this minute's: the last one, where the warm function remembers it, or else an instant
 * that is certainly no later. Null: it is not known that there was one.
 */
export function sightBefore(unit: Unit, round: Round, sights: Sights): Instant | null {
  const remembered = sights.get(idOf(unit)) ?? null;
  const derived = sightOfMember(round, idOf(unit));
  if (remembered === null || derived === null) return remembered ?? derived;
  return isAfter(derived, remembered) ? derived : remembered;
}

/** The most units that are kept as due or as recent: some hundred bytes each, in an item of 400 KB. */
export const MAX_KEPT_UNITS = 500;

/** Returns the part of a round that is kept for a cold start. Without all that are due, no width is known. */
export function toKeep(round: Round): Round {
  const due = Object.entries(round.due);
  const recent = Object.entries(round.recent).toSorted(([, one], [, other]) => (one < other ? 1 : -1));
  return {
    ...round,
    due: Object.fromEntries(due.slice(0, MAX_KEPT_UNITS)),
    recent: Object.fromEntries(recent.slice(0, MAX_KEPT_UNITS)),
    ...(due.length > MAX_KEPT_UNITS && { unitsSince: after(round.at, 0.001) }),
  };
}
