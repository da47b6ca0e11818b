import type { Night } from './night.ts';

const MINUTE_MS = 60_000;

/** What users got in one minute. */
export interface Minute {
  /** Milliseconds since the epoch of its first second. */
  readonly at: number;
  requests: number;
  errors: number;
  slow: number;
}

const known = new WeakMap<Night, readonly Minute[]>();

/** Returns the minutes of the traffic, oldest first. They are counted once, when the story is over. */
export function minutesOf(night: Night): readonly Minute[] {
  const before = known.get(night);
  if (before !== undefined) return before;
  const minutes: Minute[] = [];
  for (const { at, requests, errors, slow } of night.stage.traffic.history()) {
    const start = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
    let last = minutes.at(-1);
    if (last?.at !== start) minutes.push((last = { at: start, requests: 0, errors: 0, slow: 0 }));
    last.requests += requests;
    last.errors += errors;
    last.slow += slow;
  }
  known.set(night, minutes);
  return minutes;
}

/** Says whether at least this share of requests failed in each whole minute between two instants. */
export function failsThroughout(night: Night, from: number, to: number, share: number): boolean {
  const whole = wholeMinutes(night, from, to);
  return (
    whole.length > 0 && whole.every(({ requests, errors }) => requests > 0 && errors / requests >= share)
  );
}

function wholeMinutes(night: Night, from: number, to: number): readonly Minute[] {
  return minutesOf(night).filter(({ at }) => at >= from && at + MINUTE_MS <= to);
}

/** Says whether users never hurt between two instants. */
export function isWellThroughout({ harm }: Night, from: number, to: number): boolean {
  return harm.every((each) => each.from > to || (each.to !== null && each.to < from));
}
