import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';

const DAY_SECONDS = 86_400;

/** Rollback records are kept for a year and a month. */
export const RECORD_DAYS = 400;

/** Proven and condemned revisions are kept long enough for a service that is seldom deployed. */
export const REVISION_DAYS = 3 * 365;

/** Observed revisions are kept so long that a redelivered event (24 hours at most) cannot bring a settled one back. */
export const OBSERVED_DAYS = 30;

/**
 * Returns the attribute for DynamoDB's TTL, in seconds since the epoch. DynamoDB deletes days late, so no decision
 * depends on the absence of an item.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export function keepUntil(from: Instant, days: number): { readonly expiresAtEpoch: number } {
  return { expiresAtEpoch: Math.floor(Date.parse(from) / 1000) + days * DAY_SECONDS };
}

/** Converts an instant to one length and one time zone, because DynamoDB compares instants as text. */
export function sortable(instant: Instant): Instant {
  return after(instant, 0);
}
