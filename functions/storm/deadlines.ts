import type { Storm } from '../../src/ledger/storms.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Member } from '../../src/rollback/storm/member.ts';
import { MAX_GATHERING_SECONDS } from '../../src/rollback/storm/arrivals.ts';
import { isOpen } from '../../src/rollback/storm/summary.ts';
import { after, isAfter, secondsBetween } from '../../src/rollback/time.ts';

/**
 * While a storm begins, and while its targets are being judged, it changes with every look. Afterwards a minute is
 * enough: three transitions a minute, where the workflow allows itself five.
 */
const SOON_SECONDS = 15;
const LATER_SECONDS = 60;
const BEGIN_SECONDS = 60;
const MAX_BEGIN_SECONDS = 600;

/** Longer than a rollback of several ways takes. A storm that waits longer for one ends, and counts it as it is. */
const MAX_ROLLBACK_SECONDS = 5 * 3600;

/**
 * An execution hands over after this time. It makes some eleven events a minute in its history, which has at most 25,000.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_EXECUTION_SECONDS = 18 * 3600;

/** Returns the seconds until the next look. */
export function dueIn(members: readonly Member[], startedAt: Instant, at: Instant): number {
  const isJudged = members.every(({ state }) => state !== 'judging');
  const begins = isJudged ? BEGIN_SECONDS : MAX_BEGIN_SECONDS;
  return secondsBetween(startedAt, at) < begins ? SOON_SECONDS : LATER_SECONDS;
}

/** While a storm gathers it is looked at this often. */
export const GATHERING_SECONDS = 5;

/** The first question waits until no target has joined for so long, so that one answer decides for all of them. */
const QUIET_SECONDS = 10;

/** Says whether targets still join a storm that has asked nothing yet. */
export function isGathering({ number, since }: Storm, members: readonly Member[], at: Instant): boolean {
  if (number > 0 || secondsBetween(since, at) >= MAX_GATHERING_SECONDS) return false;
  return members.some(({ role, state, question }) => {
    const isJudged = role === 'member' && state === 'judging';
    return isJudged || (question !== undefined && secondsBetween(question.askedAt, at) < QUIET_SECONDS);
  });
}

/** Says whether no rollback that is still open may be waited for any longer. */
export function isOverAt(members: readonly Member[], at: Instant): boolean {
  return members.filter(isOpen).every((one) => isAfter(at, deadlineOf(one))) && members.some(isOpen);
}

/** A question counts from its end. */
function deadlineOf({ at, question }: Member): Instant {
  return after(question?.answerBy ?? at, MAX_ROLLBACK_SECONDS);
}
