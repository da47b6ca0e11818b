import { evaluate } from '../../wire/iam/evaluate.ts';
import type { Question } from '../../wire/iam/policy.ts';
import { readResourceStatement } from '../../wire/iam/resource-policy.ts';
import { arn } from '../../world/aws.ts';
import type { BusPolicy } from '../stack/stack.ts';
import type { Bus } from './bus.ts';

/** A caller of another AWS account. */
export interface Foreigner {
  readonly account: string;
  /** Id of the account's organization. */
  readonly organization?: string;
}

/** One event for a bus of the stack. */
export interface ForeignEntry {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** PutEvents' answer to a caller of another account: the whole call is denied, or the event has an id. */
export type Answer = { readonly eventId: string } | { readonly error: 'AccessDeniedException' };

/**
 * Publishes an event from another account to a bus, if the bus's policy allows it. The event keeps its own account.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
 */
export async function putFrom(
  bus: Bus,
  policies: readonly BusPolicy[],
  from: Foreigner,
  { bus: name, source, detailType, detail }: ForeignEntry,
): Promise<Answer> {
  const own = policies.filter((policy) => policy.bus === name).map(({ statement }) => statement);
  const statements = (await Promise.all(own.map(readResourceStatement))).filter(({ isFor }) =>
    isFor(from.account),
  );
  if (evaluate(statements, questionOf(name, contextOf(from, source, detailType))) !== 'allowed')
    return { error: 'AccessDeniedException' };
  const event = bus.envelope({ source, 'detail-type': detailType, resources: [], detail });
  bus.publish(name, { ...event, account: from.account });
  return { eventId: event.id };
}

function questionOf(bus: string, context: Question['context']): Question {
  const resource = { arn: arn('events', `event-bus/${bus}`), type: 'event-bus/' };
  return { action: 'events:PutEvents', resource, context };
}

/** Returns the request context. One call has one event here, and the caller is a role of that account. */
function contextOf(
  { account, organization }: Foreigner,
  source: string,
  detailType: string,
): Question['context'] {
  return new Map([
    ['aws:principalaccount', [account]],
    ['aws:principalarn', [`arn:aws:iam::${account}:role/somebody`]],
    ...(organization === undefined ? [] : [['aws:principalorgid', [organization]] as const]),
    ['events:source', [source]],
    ['events:detail-type', [detailType]],
  ]);
}
