/**
 * Matches the scheduler's messages while all is well. Every other message is a complaint, even in unknown words: a
 * complaint is only quoted and decides nothing.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
const ROUTINE =
  /has started \d|has stopped \d|has begun draining|registered \d|deployment completed|rolling back to deployment|has reached a steady state/;

/** Says whether a message of the scheduler of ECS is one of those while all is well. */
export function isRoutine(message: string): boolean {
  return ROUTINE.test(message);
}
