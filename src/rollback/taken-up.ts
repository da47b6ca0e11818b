import type { Instant } from './request.ts';
import { secondsBetween } from './time.ts';

/**
 * Longer than the ten minutes that Claim outlasts (ADR 25). A later claim comes from a longer outage, or from a
 * redrive, after which `StartTime` may still be the first start: the context object has a `RedriveTime` of its own.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
const MAX_CLAIM_SECONDS = 1800;

/**
 * Returns the instant from which the age of a trigger is counted: the start of its execution, so that retries of Claim
 * do not age the alarm. For a redriven execution it is the claim.
 */
export function takenUpAt(claimedAt: Instant, executionStartedAt: Instant | undefined): Instant {
  if (executionStartedAt === undefined) return claimedAt;
  const waited = secondsBetween(executionStartedAt, claimedAt);
  return waited >= 0 && waited <= MAX_CLAIM_SECONDS ? executionStartedAt : claimedAt;
}
