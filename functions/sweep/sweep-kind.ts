import { eachOf } from '../../src/aws/each.ts';
import { named } from '../../src/aws/errors.ts';
import { idOf, type Round, type Rounds } from '../../src/ledger/rounds.ts';
import { Throttled } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { secondsBetween } from '../../src/rollback/time.ts';
import type { Page, Reconciler, Seen, SweepContext, Unit } from '../../src/targets/kind.ts';
import { pagingOf } from './pages.ts';
import type { Rests } from './rests.ts';
import { reconcileDeployment, type Reconciling } from './reconcile-deployment.ts';
import { dueIn, roundAfter, sightBefore, toKeep, type Due, type Minute } from './rounds.ts';

/** How long the content of a target that was not seen again is remembered. Every target is seen in this time. */
const MEMORY_SECONDS = 3600;

export interface Sweeping extends Reconciling {
  readonly rounds: Rounds;
  readonly rests: Rests;
  readonly warn: (message: string, about: object) => void;
  /** Says whether there is time to begin with another page. */
  readonly hasTime: () => boolean;
}

interface Remembered {
  readonly content: string;
  readonly at: Instant;
  /** Whether a part of the content could not be read. */
  readonly isPartial: boolean;
}

/** What a warm function remembers of one kind. */
interface Memory {
  /** The last minute found no unit: the kind is not in use here. */
  isUnused: boolean;
  round: Round | null;
  known: ReadonlySet<string> | null;
  readonly sights: Map<string, Instant>;
  /** By target. */
  readonly contents: Map<string, Remembered>;
  /** Deployments that were reconciled, each with its last sight. */
  readonly reconciled: Map<string, Instant>;
}

/** Makes the sweep of one kind, which runs once a minute and remembers what it saw. */
export function createKindSweep(
  kind: string,
  reconciler: Omit<Reconciler, 'deployed'>,
): (sweeping: Sweeping, context: SweepContext) => Promise<void> {
  const memory: Memory = {
    isUnused: false,
    round: null,
    known: null,
    sights: new Map(),
    contents: new Map(),
    reconciled: new Map(),
  };
  return (sweeping, context) => sweepKind(kind, reconciler, memory, sweeping, context);
}

/**
 * Reads the pages that are due, and reconciles what is new on them. A page that AWS refuses costs that page alone: it is
 * due again in the next minute.
 * @throws the first error that is no throttling, after all pages
 */
async function sweepKind(
  kind: string,
  reconciler: Omit<Reconciler, 'deployed'>,
  memory: Memory,
  sweeping: Sweeping,
  context: SweepContext,
): Promise<void> {
  const { now } = context;
  // The calendars of kinds that are not in use would be most of what an idle minute reads.
  if (!memory.isUnused && (await sweeping.rests(kind))) return;
  const units = await reconciler.units(context);
  memory.isUnused = units.length === 0;
  if (memory.isUnused) return;
  const round = await roundOf(kind, memory, sweeping);
  const minute = { units, round, sights: memory.sights, known: memory.known, now };
  const due = dueIn(minute, pagingOf(reconciler));
  const read: Page[] = [];
  const changed: Unit[] = [];
  const looking = { due, minute, memory, sweeping, context };
  const look = async (page: Page) => {
    if (!sweeping.hasTime()) return;
    await eachOf(await reconciler.read(page, context), async (seen) => {
      if (await see(seen, looking)) changed.push(seen.unit);
    });
    read.push(page);
  };
  try {
    await eachOf(due.pages, (page) => unlessThrottled(kind, page, sweeping, () => look(page)));
  } finally {
    const round = roundAfter(due, { read, changed }, minute);
    await sweeping.rounds.keep(kind, toKeep(round));
    remember(memory, round, units.map(idOf), read, now);
  }
}

/**
 * Returns the round as this function left it, or as another left it since. Forgets what it saw before another one ran:
 * targets may have changed and changed back since, and only the ledger knows.
 */
async function roundOf(kind: string, memory: Memory, { rounds }: Sweeping): Promise<Round | null> {
  const kept = await rounds.of(kind);
  if (memory.round !== null && kept?.at === memory.round.at) return memory.round;
  memory.known = null;
  memory.sights.clear();
  memory.contents.clear();
  return kept;
}

async function unlessThrottled(
  kind: string,
  page: Page,
  { warn }: Sweeping,
  look: () => Promise<void>,
): Promise<void> {
  try {
    await look();
  } catch (error) {
    const known = named(error);
    if (!(known instanceof Throttled)) throw known;
    warn('throttled: the page is due again', { kind, page: page.map(idOf), because: known.message });
  }
}

interface Looking {
  readonly due: Due;
  readonly minute: Minute;
  readonly memory: Memory;
  readonly sweeping: Sweeping;
  readonly context: SweepContext;
}

/** Reconciles a target if something is new. Returns whether it changed since its remembered sight. */
async function see(seen: Seen, looking: Looking): Promise<boolean> {
  const { memory, sweeping, context } = looking;
  const { target, content, lacks, isMoving = false, isDue = false } = seen;
  const remembered = memory.contents.get(target);
  const isNew = remembered?.content !== content;
  if (isNew || isMoving || isDue) await reconcile(seen, isNew, looking);
  if (lacks !== undefined && remembered?.isPartial !== true)
    sweeping.warn('a part of a target cannot be read', { target, because: lacks });
  memory.contents.set(target, { content, at: context.now, isPartial: lacks !== undefined });
  return isMoving || (isNew && remembered !== undefined);
}

async function reconcile(
  seen: Seen,
  isNew: boolean,
  { due, minute, memory, sweeping, context }: Looking,
): Promise<void> {
  const { now, entriesOf } = context;
  // What could not be read at the last sight may have been there already.
  const isFirstOfAll = seen.lacks === undefined && memory.contents.get(seen.target)?.isPartial === true;
  const before = isFirstOfAll ? null : sightBefore(seen.unit, due.round, minute.sights);
  const sight = { at: now, before, isNew, entries: () => entriesOf(seen.target) };
  for (const observed of await seen.observed(sight)) {
    const key = `${observed.target} ${observed.state} ${observed.deployment}`;
    if (!memory.reconciled.has(key)) await reconcileDeployment(observed, sweeping);
    memory.reconciled.set(key, now);
  }
}

function remember(
  memory: Memory,
  round: Round,
  ids: readonly string[],
  read: readonly Page[],
  now: Instant,
): void {
  memory.round = round;
  memory.known = new Set(ids);
  for (const id of memory.sights.keys()) if (!memory.known.has(id)) memory.sights.delete(id);
  for (const unit of read.flat()) memory.sights.set(idOf(unit), now);
  const isOld = (at: Instant) => secondsBetween(at, now) > MEMORY_SECONDS;
  for (const [target, { at }] of memory.contents) if (isOld(at)) memory.contents.delete(target);
  for (const [key, at] of memory.reconciled) if (isOld(at)) memory.reconciled.delete(key);
}
