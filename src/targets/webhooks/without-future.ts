import type { Instant } from '../../rollback/request.ts';
import { isInFuture } from '../../rollback/time.ts';
import { onlyPast } from '../future.ts';
import type { Answer } from './alert.ts';

/** Rejects an alert that begins in the future. Of one that is over, the firing is not recorded. */
export function withoutFuture(answer: Answer, now: Instant): Answer {
  if (answer.kind === 'ignored') {
    const { fired, ...ignored } = answer;
    return fired !== undefined && isInFuture(fired.at, now) ? ignored : answer;
  }
  if (answer.kind === 'rejected') return answer;
  const { began, ...accepted } = answer;
  return onlyPast(accepted, began?.field ?? 'body', now);
}
