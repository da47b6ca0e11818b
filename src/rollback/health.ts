import type { Instant } from './request.ts';
import { isAfter, secondsBetween } from './time.ts';
import { VERIFY_POLL_SECONDS } from './poll-intervals.ts';

/** One sign of health, read once. `unknown` never counts as healthy; `neutral` counts for neither. */
export interface Sign {
  /** What was polled: `target group checkout-blue`, `alarm checkout-5xx`, `probe https://…`. */
  readonly of: string;
  readonly state: 'healthy' | 'unhealthy' | 'unknown' | 'neutral';
  readonly says: string;
}

/** A sign as its source read it. `silence`: an alarm over a count, which has no data while there is nothing to count. */
export interface ReadSign extends Sign {
  readonly shows?: 'targets' | 'errors' | 'silence';
}

/**
 * Added by Verify: one poll.
 * - proven: every sign has been healthy at every poll since `healthySince`, for long enough.
 * - pending: not yet; poll again.
 * - unproven: the time to prove it is over. The way back may have worked; nobody can say so.
 */
export type Health =
  | {
      readonly state: 'proven';
      readonly at: Instant;
      readonly healthySince: Instant;
      readonly signs: readonly Sign[];
    }
  | {
      readonly state: 'pending';
      readonly at: Instant;
      /** Start of the unbroken run of healthy polls that includes this one; absent when this one was not healthy. */
      readonly healthySince?: Instant;
      readonly verifyBy: Instant;
      readonly pollAgainInSeconds: number;
      readonly signs: readonly Sign[];
    }
  | {
      readonly state: 'unproven';
      readonly at: Instant;
      readonly signs: readonly Sign[];
      readonly reason: string;
    };

/** What the proof of health needs to know besides the signs. */
export interface ProofTerms {
  readonly now: Instant;
  /** How long every sign must have been healthy at every poll. */
  readonly proofSeconds: number;
  /** From then on a poll that is not healthy is the last one. */
  readonly verifyBy: Instant;
  /** The way back has been settled without a break since then: health before that is not the health of what runs now. */
  readonly settledSince: Instant;
}

/**
 * Makes silence neutral where targets and the share of errors are known, and healthy. Otherwise it stays unknown: nobody
 * may be served, and then there is nothing to count either.
 */
export function weighSilence(signs: readonly ReadSign[]): readonly Sign[] {
  const isServed = (['targets', 'errors'] as const).every((what) => {
    const of = signs.filter(({ shows }) => shows === what);
    return of.length > 0 && of.every(({ state }) => state === 'healthy');
  });
  return signs.map(({ shows, ...sign }) =>
    shows === 'silence' && isServed
      ? { ...sign, state: 'neutral', says: `${sign.says}, as while all is well` }
      : sign,
  );
}

/**
 * Judges one poll in the light of the one before. Healthy means that a sign is healthy, and every other one or neutral.
 * A run of healthy polls that is under way at `verifyBy` may end, so the last poll is at most `proofSeconds` and one
 * pause after it.
 */
export function proveHealth(signs: readonly Sign[], previous: Health | undefined, terms: ProofTerms): Health {
  const isHealthy = signs.some(({ state }) => state === 'healthy') && signs.every(hindersNothing);
  return isHealthy ? afterHealthyPoll(signs, previous, terms) : afterOtherPoll(signs, terms);
}

function hindersNothing({ state }: Sign): boolean {
  return state === 'healthy' || state === 'neutral';
}

function afterHealthyPoll(signs: readonly Sign[], previous: Health | undefined, terms: ProofTerms): Health {
  const { now, proofSeconds, verifyBy } = terms;
  const healthySince = startOfRun(previous, terms);
  const toGo = proofSeconds - secondsBetween(healthySince, now);
  if (toGo <= 0) return { state: 'proven', at: now, healthySince, signs };
  const pollAgainInSeconds = Math.min(VERIFY_POLL_SECONDS, Math.ceil(toGo));
  return { state: 'pending', at: now, healthySince, verifyBy, pollAgainInSeconds, signs };
}

function startOfRun(previous: Health | undefined, { now, settledSince }: ProofTerms): Instant {
  const before = previous?.state === 'pending' ? previous.healthySince : undefined;
  return before === undefined || isAfter(settledSince, before) ? now : before;
}

function afterOtherPoll(signs: readonly Sign[], { now, verifyBy }: ProofTerms): Health {
  if (signs.length === 0)
    return { state: 'unproven', at: now, signs, reason: 'there is nothing to look at.' };
  if (!isAfter(verifyBy, now))
    return { state: 'unproven', at: now, signs, reason: `at ${now} ${notHealthy(signs)}.` };
  return { state: 'pending', at: now, verifyBy, pollAgainInSeconds: VERIFY_POLL_SECONDS, signs };
}

function notHealthy(signs: readonly Sign[]): string {
  const others = signs.filter((sign) => !hindersNothing(sign));
  return others.map(({ of, state, says }) => `${of} was ${state} (${says})`).join('; ');
}
