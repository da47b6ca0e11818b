import { after, secondsBetween } from '../rollback/time.ts';
import type { Instant } from '../rollback/request.ts';

/**
 * How often a lookout reads, in seconds, by the age of the deployment. Most harm shows within minutes, and the rest must
 * cost little: 40 minutes at most 0.03 USD, four hours at most 0.10 USD (docs/lookout.md).
 */
interface Pace {
  /** Between two looks. */
  readonly look: number;
  /** Between two readings of the sides in flight, of the targets, and of the metrics. */
  readonly sides: number;
  readonly targets: number;
  readonly minutes: number;
}

const AT_ONCE: Pace = { look: 5, sides: 60, targets: 30, minutes: 60 };
const AT_FIRST: Pace = { look: 10, sides: 60, targets: 30, minutes: 60 };
const LATER: Pace = { look: 30, sides: 120, targets: 60, minutes: 60 };
const AT_LAST: Pace = { look: 90, sides: 270, targets: 180, minutes: 90 };

const AT_ONCE_SECONDS = 240;
const FIRST_SECONDS = 600;
const LATER_SECONDS = 2400;

/** A deployment is followed for at most so long, whatever its soak is. */
export const MAX_FOLLOWED_SECONDS = 4 * 3600;

/** Returns the pace for a deployment of this age. */
export function paceAt(startedAt: Instant, now: Instant): Pace {
  const age = secondsBetween(startedAt, now);
  if (age < AT_ONCE_SECONDS) return AT_ONCE;
  if (age < FIRST_SECONDS) return AT_FIRST;
  return age < LATER_SECONDS ? LATER : AT_LAST;
}

/** A load balancer shows a minute from about so long after its end. */
const SHOWN_AFTER_SECONDS = 40;

/**
 * Says whether the targets are due. At first they are read at each look, until all of the newer side are up: when
 * they take traffic shows whether harm began with them.
 */
export function areTargetsDue(
  { targetsAt }: { readonly targetsAt?: Instant },
  isUp: boolean,
  startedAt: Instant,
  now: Instant,
): boolean {
  const { look, targets } = paceAt(startedAt, now);
  const isNew = secondsBetween(startedAt, now) < AT_ONCE_SECONDS;
  return isDue(targetsAt, isUp || !isNew ? targets : look, now);
}

/**
 * Says whether the metrics are due: after the usual time, and at first as soon as another minute may be shown.
 * @param newest the newest minute that was seen with requests. Undefined: none was
 */
export function areMinutesDue(
  { minutesAt }: { readonly minutesAt?: Instant },
  newest: Instant | undefined,
  startedAt: Instant,
  now: Instant,
): boolean {
  const { minutes } = paceAt(startedAt, now);
  if (isDue(minutesAt, minutes, now)) return true;
  if (secondsBetween(startedAt, now) >= FIRST_SECONDS || newest === undefined) return false;
  return minuteOf(after(now, -SHOWN_AFTER_SECONDS - 60)) > minuteOf(newest);
}

/** Returns the number of the minute since the epoch. */
function minuteOf(at: Instant): number {
  return Math.floor(Date.parse(at) / 60_000);
}

/** The clock of a look may be a little early. */
const SLACK_SECONDS = 2;

/** Says whether what was read at an instant is due again. Undefined: it was never read. */
export function isDue(readAt: Instant | undefined, everySeconds: number, now: Instant): boolean {
  return readAt === undefined || secondsBetween(readAt, now) >= everySeconds - SLACK_SECONDS;
}
