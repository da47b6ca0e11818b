import { median } from '../../rollback/clues/levels.ts';
import type { Instant } from '../../rollback/request.ts';
import { after, isAfter } from '../../rollback/time.ts';
import { usualOf, wholeMinutes, type Minute, type Usual, type WholeMinutes } from './minutes.ts';
import { percent, type Seen, type Sign } from './finding.ts';

/** An older side with so many errors is sick itself, and no control. */
export const MAX_SHARE_OF_CONTROL = 0.05;

/** Without a control: so many minutes in a row, each with such a share of errors or such a p95. */
const MINUTES_IN_A_ROW = 3;
const MIN_REQUESTS_OF_MINUTE = 50;
const BAD = { share: 0.05, times: 4 } as const;
const SLOW = { seconds: 1, times: 3 } as const;

/** Fewer requests to the older side in a minute do not show that it is sick. */
const MIN_REQUESTS_OF_SICK = 40;

/** None of the last minutes before the deployment may be bad. */
const WELL_MINUTES = 3;

/** So many times the usual requests explain errors and latency as well as the deployment does. */
const MORE_LOAD = 1.5;

/** A minute of the older side shows harm to both sides if at least so much of it came after the harm began. */
const MIN_SECONDS_OF_HARM = 30;

/** Returns the whole minutes. Null: none was measured. */
export function measuredIn({ look: { minutes, minutesAt } }: Seen): WholeMinutes | null {
  return minutes === undefined || minutesAt === undefined ? null : wholeMinutes(minutes, minutesAt);
}

/** Says whether nearly no request failed in the minutes before the deployment. Null: they are not known. */
export function wasWellBefore(seen: Seen): boolean | null {
  const measured = measuredIn(seen);
  const usual = measured === null ? null : usualBefore(measured, seen);
  return measured === null || usual === null ? null : isWell(usual, minutesBefore(measured, seen));
}

/** Says whether the newest whole minute since the deployment began is far worse than those before it. */
export function isBadLately(seen: Seen): boolean {
  const measured = measuredIn(seen);
  const usual = measured === null ? null : usualBefore(measured, seen);
  if (measured === null || usual === null) return false;
  const newest = ownOf(measured).at(-1);
  return newest !== undefined && !isAfter(seen.sides.startedAt, newest.at) && isBad(newest, usual);
}

function usualBefore(measured: WholeMinutes, seen: Seen) {
  return usualOf(minutesBefore(measured, seen));
}

function minutesBefore({ whole, older }: WholeMinutes, { sides: { startedAt } }: Seen): readonly Minute[] {
  const all = whole.length > 0 ? whole : older;
  return all.filter(({ at }) => isAfter(startedAt, after(at, 60)));
}

/**
 * Says whether all was well before the deployment, and still was in the last minutes. A fix follows a bad release, and
 * the tasks of that release hurt until the fix is out.
 */
function isWell(usual: Usual, before: readonly Minute[]): boolean {
  const lately = before.slice(-WELL_MINUTES).filter(({ requests }) => requests >= MIN_REQUESTS_OF_SICK);
  return usual.share <= MAX_SHARE_OF_CONTROL && !lately.some((minute) => isBad(minute, usual));
}

/** Returns the minutes of the newer side once it has requests of its own, or else those of the whole target. */
function ownOf({ newer, whole }: WholeMinutes): readonly Minute[] {
  return newer.some(({ requests }) => requests > 0) ? newer : whole;
}

/** Says whether a minute is far worse than the minutes before the deployment were. */
function isBad({ requests, errors, latency }: Minute, usual: Usual): boolean {
  if (errors / requests >= Math.max(BAD.share, BAD.times * usual.share)) return true;
  if (latency === null || usual.latency === null) return false;
  return latency >= Math.max(SLOW.seconds, SLOW.times * usual.latency);
}

/**
 * Returns a sentence if the older side was bad as well in one of the last minutes since the deployment began. Then the
 * cause is hardly the newer side, however long its harm lasts. Null: it was not, or too few of its requests are known.
 */
export function sicknessOfOlder(seen: Seen): string | null {
  const measured = measuredIn(seen);
  const usual = measured === null ? null : usualBefore(measured, seen);
  if (measured === null || usual === null) return null;
  const { startedAt } = seen.sides;
  const sick = measured.older
    .slice(-MINUTES_IN_A_ROW)
    .filter(({ at, requests }) => !isAfter(startedAt, at) && requests >= MIN_REQUESTS_OF_SICK)
    .findLast((minute) => isBad(minute, usual));
  return sick === undefined
    ? null
    : `In the minute from ${sick.at} the revision before was bad as well: ${percent(sick.errors / sick.requests)} of ${sick.requests} requests failed and p95 was ${(sick.latency ?? 0).toFixed(2)} s.`;
}

/** Errors or latency of the newer side, or of the whole target, for minutes on end, where all was well before. */
export const minutesOnEnd: Sign = (seen) => {
  const measured = measuredIn(seen);
  if (measured === null) return null;
  const { startedAt, newer: side } = seen.sides;
  const usual = usualBefore(measured, seen);
  const since = ownOf(measured).filter(
    ({ at, requests }) => !isAfter(startedAt, at) && requests >= MIN_REQUESTS_OF_MINUTE,
  );
  const last = lastInARow(since);
  const [first, newest] = [last[0], last.at(-1)];
  if (usual === null || first === undefined || newest === undefined) return null;
  if (!isWell(usual, minutesBefore(measured, seen))) return null;
  const bad = last.filter((minute) => isBad(minute, usual));
  const what = `${percent(newest.errors / newest.requests)} of ${newest.requests} requests failed and p95 was ${(newest.latency ?? 0).toFixed(2)} s in the minute from ${newest.at}`;
  if (bad.length === MINUTES_IN_A_ROW)
    return {
      is: 'bad',
      by: 'persistence',
      since: first.at,
      says: `${what}, the third bad one in a row since ${side.revision.name}.`,
    };
  if (bad.length > 0)
    return { is: 'open', says: `${what}; three bad minutes in a row are needed without a control.` };
  return last.length === MINUTES_IN_A_ROW ? { is: 'good', says: `${what}.` } : null;
};

/** Returns the last minutes that follow each other. Between others there was too little traffic. */
function lastInARow(minutes: readonly Minute[]): readonly Minute[] {
  const last = minutes.slice(-MINUTES_IN_A_ROW);
  const gap = last.findLastIndex(({ at }, index) => {
    const next = last[index + 1];
    return next !== undefined && next.at !== after(at, 60);
  });
  return last.slice(gap + 1);
}

/**
 * Returns a sentence if far more requests came in the newest minute than before the deployment: a load test, or a rush of
 * users. Null: they did not, or that is not known.
 */
export function loadOf(seen: Seen): string | null {
  const measured = measuredIn(seen);
  if (measured === null) return null;
  const { whole, newer, older } = measured;
  const all = whole.length > 0 ? whole : older.map((one, index) => withRequestsOf(one, newer[index]));
  const before = minutesBefore(measured, seen).filter(({ requests }) => requests > 0);
  const newest = all.at(-1);
  if (newest === undefined || before.length === 0 || isAfter(seen.sides.startedAt, newest.at)) return null;
  const usual = median(before.map(({ requests }) => requests));
  if (newest.requests < Math.max(MIN_REQUESTS_OF_MINUTE, MORE_LOAD * usual)) return null;
  return `${newest.requests} requests came in the minute from ${newest.at}, and usually ${Math.round(usual)} before the deployment.`;
}

function withRequestsOf(one: Minute, other: Minute | undefined): Minute {
  return { ...one, requests: one.requests + (other?.requests ?? 0) };
}

/**
 * Says whether the older side takes traffic at the same time, and its minute of the harm is still to come. AWS divides the
 * traffic, so that minute tells a fault of the newer side from one of both.
 */
export function awaitsOlder(seen: Seen, since: Instant): boolean {
  const newest = measuredIn(seen)?.older.at(-1);
  if (seen.sides.divided !== true || newest === undefined) return false;
  return (
    newest.requests >= MIN_REQUESTS_OF_SICK && isAfter(after(since, MIN_SECONDS_OF_HARM - 60), newest.at)
  );
}
