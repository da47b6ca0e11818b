import type { Instant } from '../../rollback/request.ts';
import { ignored } from '../answer.ts';
import type { Answer } from './alert.ts';

const OLDEST_MINUTES = 60;

/**
 * An alert that began before the window in which a deployment is suspected asks for nothing. It also makes worthless
 * what somebody recorded: until then Step Functions knows a repetition by its name, which it forgets after 90 days.
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
