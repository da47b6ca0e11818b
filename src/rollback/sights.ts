import type { Instant } from './request.ts';

/**
 * Two sights of a target, where AWS keeps no history: a change that the later one shows began between them. Only sights
 * that are further apart than the sweep's usual minute are kept: they leave open when it began.
 */
export interface Sights {
  /** The last sight at which it was not there yet. */
  readonly notBefore: Instant;
  /** The first sight at which it was there. */
  readonly seenAt: Instant;
}

/** Returns the earliest instant at which a deployment may have begun. */
export function earliestStart({ startedAt, sights }: Begun): Instant {
  return sights?.notBefore ?? startedAt;
}

interface Begun {
  /** With sights, the latest beginning that they leave open. */
  readonly startedAt: Instant;
  readonly sights?: Sights;
}

/** Writes `seen at 02:14 UTC, not there at 02:05 UTC`. Adds the day if the sights are on two days. */
export function inWords({ notBefore, seenAt }: Sights): string {
  const isOneDay = notBefore.slice(0, 10) === seenAt.slice(0, 10);
  const clock = (at: Instant) => `${isOneDay ? at.slice(11, 16) : at.slice(0, 16).replace('T', ' ')} UTC`;
  return `seen at ${clock(seenAt)}, not there at ${clock(notBefore)}`;
}
