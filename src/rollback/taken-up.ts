import type { Instant } from './request.ts';
import { secondsBetween } from './time.ts';

/** Longer than the retries of Claim. A later claim was redriven: Step Functions keeps the first start of an execution. */
const MAX_CLAIM_SECONDS = 1800;

/**
 * When a trigger was taken up: the start of its execution, so that our own retries make no alarm older. For an execution
 * that was redriven it is the claim.
 */
export function takenUpAt(claimedAt: Instant, executionStartedAt: Instant | undefined): Instant {
  if (executionStartedAt === undefined) return claimedAt;
  const waited = secondsBetween(executionStartedAt, claimedAt);
  return waited >= 0 && waited <= MAX_CLAIM_SECONDS ? executionStartedAt : claimedAt;
}
