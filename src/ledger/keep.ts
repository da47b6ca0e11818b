import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';

const DAY_SECONDS = 86_400;

/** Rollback records: a year, and a month to look back at it. */
export const RECORD_DAYS = 400;

/** Proven and condemned revisions: what a service that is seldom deployed went live with must outlast it. */
export const REVISION_DAYS = 3 * 365;

/** Observed revisions: long enough that a redelivered event (24 hours at most) cannot bring a settled one back. */
export const OBSERVED_DAYS = 30;

/**
 * The attribute that DynamoDB's TTL deletes by, in seconds since the epoch. It deletes days late, so nothing here is
 * decided by an item being gone.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export function keepUntil(from: Instant, days: number): { readonly expiresAtEpoch: number } {
  return { expiresAtEpoch: Math.floor(Date.parse(from) / 1000) + days * DAY_SECONDS };
}

/** DynamoDB compares instants as text, and events write them in several ways: one length, one time zone. */
export function sortable(instant: Instant): Instant {
  return after(instant, 0);
}
