import type { Instant } from '../rollback/request.ts';
import { isInFuture, NOT_IN_FUTURE } from '../rollback/time.ts';
import type { StormAnswered } from './storm-answered.ts';
import { rejected, type Accepted, type Ignored, type Rejected } from './answer.ts';

/**
 * Rejects what would begin in the future. It would stay young while it is replayed, and every deployment until then
 * would come before it. An answer of the future would not be sent again until then.
 * @param field path of its time in the event
 */
export function onlyPast<Answer extends Accepted | Ignored | StormAnswered>(
  answer: Answer | Rejected,
  field: string,
  now: Instant,
): Answer | Rejected {
  return timesOf(answer).some((at) => isInFuture(at, now)) ? rejected(field, NOT_IN_FUTURE) : answer;
}

function timesOf(answer: Accepted | Ignored | StormAnswered | Rejected): readonly Instant[] {
  if (answer.kind === 'storm-answer') return [answer.answer.at];
  const requests = 'requests' in answer ? answer.requests : [];
  return requests.flatMap(({ trigger }) => trigger?.at ?? []);
}
