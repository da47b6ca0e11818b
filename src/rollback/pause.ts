import { isBlank } from './blank.ts';
import { asRecord, parseJson } from './json.ts';
import type { Instant } from './request.ts';
import { shorten } from './shorten.ts';
import { after, isAfter, secondsBetween } from './time.ts';
import type { Turn } from './turn.ts';

/** The last word of a person about all of Lastgood, as the parameter of the stage holds it. */
export interface PauseOrder {
  readonly paused: boolean;
  /** The reason of a pause; absent: none was given. */
  readonly because?: string;
  /** Who said it, as they are known where they said it; absent: the parameter does not say. */
  readonly by?: string;
  readonly at?: Instant;
}

/** Added by Pause: one poll of a rollback that may not write. */
export interface HeldBack {
  /**
   * `waiting`: poll again. `resumed`: `next` is the state to go on with. `over`: the pause outlasted MAX_PAUSED_SECONDS.
   */
  readonly state: 'waiting' | 'resumed' | 'over';
  readonly at: Instant;
  /** The order that this rollback waits for, or waited for. */
  readonly order: PauseOrder;
  /** Whether a call to AWS may have written before the pause. */
  readonly wrote: boolean;
  /** When this rollback waited. The last one has no end while it waits. */
  readonly spans: readonly { readonly from: Instant; readonly to?: Instant }[];
  readonly pollInSeconds?: number;
  readonly next?: 'plan' | 'settle' | 'revert';
  /** When `next` may read or write. Absent: at once. */
  readonly turn?: Turn;
  /** Keys of the steps that were published (src/events/story.ts). */
  readonly published: readonly string[];
}

/** A rollback waits at most this long in all: as long as a claim lasts without its holder. */
export const MAX_PAUSED_SECONDS = 4 * 3600;

/** An execution has 25,000 events, and a poll takes nine: four hours take a tenth of them. */
export const PAUSE_POLL_SECONDS = 60;

/** Parameters hold up to 4,096 characters. */
const MAX_REASON_CHARACTERS = 1000;
const MAX_NAME_CHARACTERS = 256;

/** The words with which a person who edits the parameter by hand ends a pause. */
const RESUMED = ['resume', 'resumed', 'no', 'off', 'false', 'none', '0'];

/**
 * Reads the value of the parameter; null: there is none, so that Lastgood was never paused. Commands write JSON. A person
 * may write anything: what does not clearly end a pause is one, and its words are the reason.
 */
export function readPauseOrder(value: string | null): PauseOrder | null {
  if (value === null || isBlank(value)) return null;
  const fields = asRecord(parseJson(value));
  if (fields === null) {
    if (RESUMED.includes(value.trim().toLowerCase())) return { paused: false };
    return { paused: true, because: shorten(value.trim(), MAX_REASON_CHARACTERS) };
  }
  const because = textIn(fields['because'], MAX_REASON_CHARACTERS);
  const by = textIn(fields['by'], MAX_NAME_CHARACTERS);
  const at = instantIn(fields['at']);
  return {
    paused: fields['paused'] !== false,
    ...(because !== null && { because }),
    ...(by !== null && { by }),
    ...(at !== null && { at }),
  };
}

function textIn(field: unknown, most: number): string | null {
  return typeof field === 'string' && !isBlank(field) ? shorten(field.trim(), most) : null;
}

function instantIn(field: unknown): Instant | null {
  const at = typeof field === 'string' ? Date.parse(field) : NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Returns the value that `readPauseOrder` reads. */
export function writePauseOrder({ paused, because, by, at }: PauseOrder): string {
  return JSON.stringify({ paused, by, at, because });
}

/** Says in one clause that Lastgood is paused: since when, by whom and why. */
export function wordsOfPause({ because, by, at }: PauseOrder, is: 'is' | 'was' = 'is'): string {
  const since = at === undefined ? '' : ` since ${at}`;
  const who = by === undefined ? '' : ` by ${by}`;
  return `Lastgood ${is} paused${since}${who}${because === undefined ? '' : `: ${because}`}`;
}

/** The part of a document that a wait depends on. */
interface Waiting {
  readonly paused?: HeldBack;
  readonly reverted?: { readonly state: string };
}

/**
 * Records one poll of a rollback that may not write.
 * @param order null: Lastgood was never paused
 */
export function recordPause(
  rollback: Waiting,
  order: PauseOrder | null,
  wrote: boolean,
  now: Instant,
): HeldBack {
  const { paused: before } = rollback;
  const spans = before?.spans ?? [];
  const open = spans.find(({ to }) => to === undefined);
  const from = open?.from ?? now;
  const all = (to?: Instant) => [...spans.filter((one) => one !== open), { from, ...(to && { to }) }];
  const published = before?.published ?? [];
  if (order?.paused !== true) {
    const next = nextAfter(rollback, wrote);
    const resumed = {
      state: 'resumed',
      at: now,
      order: before?.order ?? { paused: true },
      wrote,
      next,
    } as const;
    return {
      ...resumed,
      spans: all(now),
      published: next === 'plan' ? published.filter(isOfNoPlan) : published,
    };
  }
  const waits = { at: now, order, wrote, spans: all(), published };
  return heldSeconds(waits.spans, now) >= MAX_PAUSED_SECONDS
    ? { state: 'over', ...waits }
    : { state: 'waiting', ...waits, pollInSeconds: PAUSE_POLL_SECONDS };
}

/** Says whether a step stays as it was published. A new plan is published anew, with all that follows it. */
function isOfNoPlan(key: string): boolean {
  return key === 'Started' || key.startsWith('Paused');
}

/**
 * Returns the state with which a rollback goes on. The world may have changed: without a write it is planned and judged
 * anew. A way back that was started is polled first, which sees a deployment of a person that took over.
 */
function nextAfter({ reverted }: Waiting, wrote: boolean): NonNullable<HeldBack['next']> {
  if (!wrote) return 'plan';
  return reverted === undefined || reverted.state === 'failed' ? 'revert' : 'settle';
}

/** Returns for how many seconds a rollback was paused until an instant. */
export function pausedSeconds(paused: HeldBack | undefined, until: Instant): number {
  return heldSeconds(paused?.spans ?? [], until);
}

function heldSeconds(spans: HeldBack['spans'], now: Instant): number {
  return spans.reduce((sum, { from, to = now }) => sum + secondsBetween(from, to), 0);
}

/** The slices that a new plan replaces: where nothing was written, nothing of them happened. */
const OF_PLAN = ['stopped', 'reverted', 'settled', 'gathered', 'announced', 'awaited', 'health'] as const;

export function droppedAfter({ next }: HeldBack): readonly (typeof OF_PLAN)[number][] {
  return next === 'plan' ? OF_PLAN : [];
}

/** Moves a deadline that was set at an instant by the time for which the rollback was paused since. */
export function withoutPause(deadline: Instant, setAt: Instant, paused: HeldBack | undefined): Instant {
  const since = (paused?.spans ?? []).filter(({ from, to }) => to !== undefined && !isAfter(setAt, from));
  return after(deadline, heldSeconds(since, deadline));
}
