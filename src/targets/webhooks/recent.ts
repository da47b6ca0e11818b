import type { Instant } from '../../rollback/request.ts';
import { ignored } from '../answer.ts';
import type { Answer } from './alert.ts';

const OLDEST_MINUTES = 60;

/**
 * Ignores an alert that began before the window in which a deployment is suspected. This also stops replayed requests:
 * Step Functions recognises a repetition by its execution name only for 90 days.
 */
export function onlyRecent(answer: Answer, now: Instant): Answer {
  if (answer.kind === 'ignored' || answer.kind === 'rejected') return answer;
  const oldest = Date.parse(now) - OLDEST_MINUTES * 60_000;
  const isOld = answer.requests.some(
    ({ trigger }) => trigger === undefined || Date.parse(trigger.at) < oldest,
  );
  if (!isOld) return answer;
  const { fired } = answer;
  return {
    ...ignored(`the alert began more than ${OLDEST_MINUTES} minutes ago`),
    ...(fired !== undefined && { fired }),
  };
}
