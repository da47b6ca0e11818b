import type { Instant } from '../rollback/request.ts';
import { isInFuture, NOT_IN_FUTURE } from '../rollback/time.ts';
import type { StormAnswered } from './storm-answered.ts';
import { rejected, type Accepted, type Ignored, type Rejected } from './answer.ts';

/**
 * Rejects what would begin in the future. It would stay young while it is replayed, and every deployment until then
 * would come before it.
 * @param field path of its time in the event
 */
export function onlyPast<Answer extends Accepted | Ignored>(
  answer: Answer | Rejected,
  field: string,
  now: Instant,
): Answer | Rejected {
  const requests = 'requests' in answer ? answer.requests : [];
  const isAhead = requests.some(({ trigger }) => trigger !== undefined && isInFuture(trigger.at, now));
  return isAhead ? rejected(field, NOT_IN_FUTURE) : answer;
}

/** Rejects an answer of the future. It is sent again some time after its own time, so it would not be until then. */
export function onlyPastAnswer(
  answered: StormAnswered | Ignored | Rejected,
  field: string,
  now: Instant,
): StormAnswered | Ignored | Rejected {
  const isAhead = answered.kind === 'storm-answer' && isInFuture(answered.answer.at, now);
  return isAhead ? rejected(field, NOT_IN_FUTURE) : answered;
}
