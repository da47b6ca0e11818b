import { secondsBetween } from '../rollback/time.ts';
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

const AT_ONCE: Pace = { look: 5, sides: 60, targets: 20, minutes: 20 };
const AT_FIRST: Pace = { look: 10, sides: 60, targets: 30, minutes: 20 };
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

/** The clock of a look may be a little early. */
const SLACK_SECONDS = 2;

/** Says whether what was read at an instant is due again. Undefined: it was never read. */
export function isDue(readAt: Instant | undefined, everySeconds: number, now: Instant): boolean {
  return readAt === undefined || secondsBetween(readAt, now) >= everySeconds - SLACK_SECONDS;
}
