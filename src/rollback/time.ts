import type { Instant } from './request.ts';

/** Returns the instant `seconds` later. */
export function after(instant: Instant, seconds: number): Instant {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

/** Returns the seconds from the first instant to the second; negative when the second is the earlier one. */
export function secondsBetween(earlier: Instant, later: Instant): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}

export function isAfter(instant: Instant, other: Instant): boolean {
  return secondsBetween(other, instant) > 0;
}

/** Writes `1 minute` or `12 minutes`; less than half a minute is `less than a minute`. */
export function inMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return 'less than a minute';
  return `${minutes} minute${minutes === 1 ? '' : 's'}`;
}

/** How far the clock of a sender may be ahead. */
export const AHEAD_SECONDS = 60;

export const NOT_IN_FUTURE = `must not be more than ${AHEAD_SECONDS} seconds in the future`;

export function isInFuture(instant: Instant, now: Instant): boolean {
  return secondsBetween(now, instant) > AHEAD_SECONDS;
}
