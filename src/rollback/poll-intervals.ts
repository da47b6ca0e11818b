/* How long Settle and Verify wait between two polls. */

/**
 * Seconds after the first pending poll of Settle. The state machine waits 15 seconds before that poll, because nothing
 * settles sooner.
 */
const SECOND_SETTLE_POLL_SECONDS = 30;

/** Seconds between later polls of Settle. */
const SETTLE_POLL_SECONDS = 60;

/**
 * On a long way back, polls of Settle are a hundredth of the elapsed time apart, at most an hour. A deployment strategy
 * may wait for days between its steps, and an execution has 25,000 events, of which a poll takes nine.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const LONG_WAY = { share: 0.01, maxSeconds: 3600 } as const;

/**
 * Where an event of AWS ends the wait, polls are only the fallback (ADR 30), and take up to 15 events each. The claim
 * outlasts two of them.
 */
const LONG_WAY_WITH_EVENT = { share: 0.02, maxSeconds: 7200 } as const;

/** Seconds from the start of a way back to its first poll. Evidence is gathered beside them. */
export const FIRST_POLL_SECONDS = 15;

/** Seconds from the start of a later rung to its first poll. */
export const NEXT_RUNG_POLL_SECONDS = 5;

/** Alarms are evaluated once a minute, so polling more often shows no more. A poll of the proof enters five states. */
export const VERIFY_POLL_SECONDS = 60;

/**
 * Returns the seconds until the next poll of Settle.
 * @param polls number of polls so far, this one included
 * @param elapsedSeconds since the way back began
 * @param hasEvent says whether an event of AWS ends the wait
 */
export function settlePollIntervalAt(polls: number, elapsedSeconds: number, hasEvent: boolean): number {
  if (polls <= 1) return SECOND_SETTLE_POLL_SECONDS;
  const { share, maxSeconds } = hasEvent ? LONG_WAY_WITH_EVENT : LONG_WAY;
  return Math.min(maxSeconds, Math.max(SETTLE_POLL_SECONDS, Math.round(elapsedSeconds * share)));
}
