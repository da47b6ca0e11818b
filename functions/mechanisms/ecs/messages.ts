import type { Poll } from '../../../src/rollback/mechanism.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Service } from './ecs.ts';

/**
 * Matches the scheduler's messages while all is well. Every other message is a complaint, even in unknown words: a
 * complaint is only quoted and decides nothing.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
const ROUTINE =
  /has started \d|has stopped \d|has begun draining|registered \d|deployment completed|rolling back to deployment|has reached a steady state/;

/** Matches a complaint without a cause. Any other complaint says more. */
const WITHOUT_CAUSE = /is unable to consistently start tasks/;

/** Returns the newest complaint of the scheduler since an instant, preferably with its cause; null: there is none. */
export function lastComplaint({ messages }: Pick<Service, 'messages'>, since: Instant): string | null {
  const complaints = messages
    .filter(({ at, text }) => !isAfter(since, at) && !ROUTINE.test(text))
    .map(({ text }) => text);
  return complaints.find((text) => !WITHOUT_CAUSE.test(text)) ?? complaints[0] ?? null;
}

/** Quotes the newest complaint after the progress of the rollback, because it shows early why tasks do not start. */
export function quoting(look: Poll, service: Pick<Service, 'messages'>, since: Instant): Poll {
  const complaint = look.state === 'pending' ? lastComplaint(service, since) : null;
  return look.state !== 'pending' || complaint === null
    ? look
    : { ...look, summary: `${look.summary}. ECS says: ${complaint}` };
}
