/* How long Settle and Verify wait between two polls. */

/** Seconds between the first polls of Settle: frequent at first, rarer later. */
const SETTLE_POLLS_SECONDS = [5, 10, 20, 40, 60] as const;

/**
 * Later polls of Settle are a hundredth of the elapsed time apart, at most an hour, which the claim outlasts. A deployment
 * strategy may wait for days between its steps, and an execution has 25,000 events, of which each poll takes nine.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const SHARE_OF_ELAPSED = 0.01;
const MAX_SETTLE_POLL_SECONDS = 3600;

/** Seconds from the start of a way back to its first poll. Evidence is gathered beside them. */
export const FIRST_POLL_SECONDS = 15;

/** Seconds from the start of a later rung to its first poll. */
export const NEXT_RUNG_POLL_SECONDS = 5;

/** Alarms are evaluated once a minute, and targets are checked every 30 seconds by default: polling more often shows no more. */
export const VERIFY_POLL_SECONDS = 30;

/**
 * Returns the seconds until the next poll of Settle.
 * @param polls number of polls so far, this one included
 * @param elapsedSeconds since the way back began
 */
export function settlePollIntervalAt(polls: number, elapsedSeconds: number): number {
  const early = SETTLE_POLLS_SECONDS[polls - 1];
  if (early !== undefined) return early;
  return Math.min(MAX_SETTLE_POLL_SECONDS, Math.max(60, Math.round(elapsedSeconds * SHARE_OF_ELAPSED)));
}
