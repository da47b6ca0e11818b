import { excessOf } from '../../rollback/clues/excess.ts';
import type { Instant } from '../../rollback/request.ts';
import { after, isAfter } from '../../rollback/time.ts';
import { percent, type Finding, type Seen, type Sign } from './finding.ts';
import { MAX_SHARE_OF_CONTROL, measuredIn } from './metrics.ts';
import { sharedMinutes, type Minute, type SharedMinute } from './minutes.ts';

/** Fewer requests to a side prove nothing about it. The control needs more. */
const MIN_REQUESTS = 30;
const MIN_REQUESTS_OF_CONTROL = 100;

/**
 * How far the errors of the newer side must exceed its part, in standard deviations. Its minutes are tested again and
 * again, up to 240 times, so one test alone needs a bound that chance passes once in 300,000 times.
 */
const MIN_DEVIATIONS = 4.5;

/** A smaller excess hurts hardly anyone, however certain it is. */
const MIN_EXCESS = 0.02;

/** With more errors than in the minute before, the older side was hurt as well. */
const MAX_EXCESS_OF_CONTROL = 0.005;

/** p95 of the newer side over that of the older one: by this factor and these seconds. */
const SLOWER = { factor: 2, seconds: 0.3, minutes: 2 } as const;
const FAR_SLOWER = { factor: 4, seconds: 1, minutes: 1 } as const;

/** Errors and latency of the newer side against those of the older one, in the minutes that both share. */
export const sideBySide: Sign = (seen) => {
  const measured = measuredIn(seen);
  if (measured === null) return null;
  const { startedAt, divided, at: readAt } = seen.sides;
  const dividedUntil = divided === true ? readAt : null;
  const shared = sharedMinutes(measured.newer, measured.older, dividedUntil)
    .filter((minute) => isOfDeployment(minute, measured.newer, startedAt))
    .filter(isComparable);
  const [newer, older] = [sum(shared, 'newer'), sum(shared, 'older')];
  if (newer.requests < MIN_REQUESTS || older.requests < MIN_REQUESTS_OF_CONTROL) return null;
  return (
    moreErrors(shared, seen) ??
    slower(
      shared.filter(({ isShift }) => !isShift),
      seen,
    ) ?? { is: 'good', says: inWords(newer, older, seen) }
  );
};

/**
 * Says whether the errors of both sides in a minute can be compared. Where traffic moved within it, harm to both sides
 * after the shift is a larger part of the newer side's requests. It then counts only if the older side had no such harm.
 */
function isComparable({ isShift, older, before }: SharedMinute): boolean {
  const shareOf = ({ errors, requests }: Minute) => errors / Math.max(1, requests);
  const usual = before === undefined ? 0 : shareOf(before);
  return !isShift || shareOf(older) <= usual + MAX_EXCESS_OF_CONTROL;
}

/**
 * Says whether a minute belongs to this deployment. Another one may have served from the same group before, so the minute
 * in which this one began counts only if the group had no requests in the minute before.
 */
function isOfDeployment({ at }: SharedMinute, newer: readonly Minute[], startedAt: Instant): boolean {
  if (!isAfter(startedAt, at)) return true;
  const before = newer.find((minute) => minute.at === after(at, -60));
  return isAfter(after(at, 60), startedAt) && (before?.requests ?? 0) === 0;
}

interface Sum {
  readonly requests: number;
  readonly errors: number;
}

function sum(shared: readonly SharedMinute[], side: 'newer' | 'older'): Sum {
  const of = (what: 'requests' | 'errors') => shared.reduce((all, minute) => all + minute[side][what], 0);
  return { requests: of('requests'), errors: of('errors') };
}

function inWords(newer: Sum, older: Sum, { sides }: Seen): string {
  const of = ({ errors, requests }: Sum) => percent(errors / requests);
  return `${of(newer)} of ${newer.requests} requests to ${sides.newer.revision.name} failed, ${of(older)} of ${older.requests} to the revision before, in the same minutes.`;
}

function moreErrors(shared: readonly SharedMinute[], seen: Seen): Finding | null {
  const [newer, older] = [sum(shared, 'newer'), sum(shared, 'older')];
  const [share, control] = [newer.errors / newer.requests, older.errors / older.requests];
  const says = inWords(newer, older, seen);
  const [first, last] = [shared.find(({ newer: one }) => one.errors > 0), shared.at(-1)];
  if (first === undefined || last === undefined || share - control < MIN_EXCESS) return null;
  const isOver = last.newer.errors / Math.max(1, last.newer.requests) < (share + control) / 2;
  if (control > MAX_SHARE_OF_CONTROL || isOver || excessOf(shared) < MIN_DEVIATIONS)
    return { is: 'open', says };
  return { is: 'bad', by: 'control', since: first.at, says };
}

function slower(shared: readonly SharedMinute[], { sides }: Seen): Finding | null {
  for (const { factor, seconds, minutes } of [FAR_SLOWER, SLOWER]) {
    const last = shared.slice(-minutes);
    const isSlower = ({ newer, older }: SharedMinute) =>
      newer.requests >= MIN_REQUESTS &&
      older.requests >= MIN_REQUESTS &&
      newer.latency !== null &&
      older.latency !== null &&
      newer.latency >= Math.max(factor * older.latency, older.latency + seconds);
    const [first] = last;
    if (first === undefined || last.length < minutes || !last.every(isSlower)) continue;
    const of = (value: number | null) => `${(value ?? 0).toFixed(2)} s`;
    const says = `p95 of ${sides.newer.revision.name} is ${of(first.newer.latency)}, that of the revision before ${of(first.older.latency)}, in the same minute.`;
    return { is: 'bad', by: 'control', since: first.at, says };
  }
  return null;
}
