import type { Poll } from '../../../src/rollback/document.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Service } from './ecs.ts';

/**
 * What the scheduler says while all goes well. Everything else is a complaint, also in words that we do not know yet: a line
 * is only ever quoted, and nothing is decided by it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
const ROUTINE =
  /has started \d|has stopped \d|has begun draining|registered \d|deployment completed|rolling back to deployment|has reached a steady state/;

/** It gives no cause, so that any other complaint says more. */
const WITHOUT_CAUSE = /is unable to consistently start tasks/;

/** Returns the newest complaint of the scheduler since an instant, best with its cause; null: there is none. */
export function lastComplaint({ messages }: Pick<Service, 'messages'>, since: Instant): string | null {
  const complaints = messages
    .filter(({ at, text }) => !isAfter(since, at) && !ROUTINE.test(text))
    .map(({ text }) => text);
  return complaints.find((text) => !WITHOUT_CAUSE.test(text)) ?? complaints[0] ?? null;
}

/** Quotes the newest complaint beside how far the way back has come. What holds it up stands there early. */
export function quoting(look: Poll, service: Pick<Service, 'messages'>, since: Instant): Poll {
  const complaint = look.state === 'pending' ? lastComplaint(service, since) : null;
  return look.state !== 'pending' || complaint === null
    ? look
    : { ...look, summary: `${look.summary}. ECS says: ${complaint}` };
}
