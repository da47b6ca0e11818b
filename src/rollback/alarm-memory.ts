import type { Instant } from './request.ts';
import { after, isAfter } from './time.ts';

/** The wait for alarms that may be red by datapoints from before the way back settled. Fixed once a rung. */
export interface AlarmWait {
  readonly alarms: readonly string[];
  readonly since: Instant;
  readonly until: Instant;
  /** The poll that began the wait, so that it is published at once. */
  readonly isNews?: true;
}

/** How long other signs may fail after `verifyBy` while Verify waits: one throttled read must not end the proof. */
const GRACE_SECONDS = 300;

/** How the sign of an alarm begins. */
const ALARM = /^alarm /;

/** A sign that is not healthy. */
interface Bad {
  readonly of: string;
  readonly countsUntil?: Instant;
}

interface Terms {
  readonly now: Instant;
  readonly verifyBy: Instant;
}

/**
 * Returns the wait that goes on or begins with this poll. It begins where red alarms are all that is missing, and where
 * they may be red beyond `verifyBy` by what they counted before. Undefined: there is none.
 * @param bad the signs that are neither healthy nor neutral
 */
export function alarmWait(
  bad: readonly Bad[],
  before: AlarmWait | undefined,
  { now, verifyBy }: Terms,
): AlarmWait | undefined {
  if (before !== undefined) return { alarms: before.alarms, since: before.since, until: before.until };
  const until = bad
    .flatMap(({ countsUntil = [] }) => countsUntil)
    .toSorted()
    .at(-1);
  if (until === undefined || !isAfter(until, verifyBy) || !isOnlyCounting(bad, now)) return undefined;
  return { alarms: bad.map(({ of }) => of.replace(ALARM, '')), since: now, until, isNews: true };
}

/** Returns the deadline of the proof. While red alarms are all that is missing, it moves on to the end of the wait. */
export function withAlarmWait(
  bad: readonly Bad[],
  wait: AlarmWait | undefined,
  { now, verifyBy }: Terms,
): Instant {
  if (wait === undefined || !isOnlyCounting(bad, now)) return verifyBy;
  const granted = after(now, GRACE_SECONDS);
  const next = isAfter(granted, wait.until) ? wait.until : granted;
  return isAfter(next, verifyBy) ? next : verifyBy;
}

function isOnlyCounting(bad: readonly Bad[], now: Instant): boolean {
  return bad.every(({ countsUntil }) => countsUntil !== undefined && isAfter(countsUntil, now));
}
