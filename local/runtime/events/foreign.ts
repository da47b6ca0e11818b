import { arn } from '../../world/aws.ts';
import type { BusPolicy, Statement } from '../stack/stack.ts';
import type { Bus } from './bus.ts';

/** Somebody of another AWS account. */
export interface Foreigner {
  readonly account: string;
  /** Id of the organization that the account is in. */
  readonly organization?: string;
}

/** One event that is to be put on a bus of ours. */
export interface ForeignEntry {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What PutEvents answers to a caller of another account: the whole call is denied, or the event has an id. */
export type Answer = { readonly eventId: string } | { readonly error: 'AccessDeniedException' };

/**
 * Puts an event on a bus from another account, if the policy of the bus lets it in. The event keeps the account it comes
 * from.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
 */
export function putFrom(
  bus: Bus,
  policies: readonly BusPolicy[],
  from: Foreigner,
  { bus: name, source, detailType, detail }: ForeignEntry,
): Answer {
  const keys = keysOf(from, source, detailType);
  const asked = { action: 'events:PutEvents', resource: arn('events', `event-bus/${name}`) };
  const own = policies.filter((policy) => policy.bus === name).map(({ statement }) => statement);
  const allowed = own.some((statement) => concerns(statement, from, asked) && allHold(statement, keys));
  if (!allowed) return { error: 'AccessDeniedException' };
  const event = bus.envelope({ source, 'detail-type': detailType, resources: [], detail });
  bus.publish(name, { ...event, account: from.account });
  return { eventId: event.id };
}

type Keys = ReadonlyMap<string, string>;

function keysOf({ account, organization }: Foreigner, source: string, detailType: string): Keys {
  return new Map([
    ['aws:principalaccount', account],
    ...(organization === undefined ? [] : [['aws:principalorgid', organization] as const]),
    ['events:source', source],
    ['events:detail-type', detailType],
  ]);
}

function concerns(
  { Effect, Principal, Action, Resource }: Statement,
  { account }: Foreigner,
  asked: { readonly action: string; readonly resource: string },
): boolean {
  if (Effect !== 'Allow') throw new Error('a Deny in the policy of a bus is not modelled');
  const actions = [Action].flat();
  const resources = [Resource ?? []].flat();
  return isFor(Principal, account) && actions.includes(asked.action) && resources.includes(asked.resource);
}

/** An account id stands for its root, as in `arn:aws:iam::111122223333:root`. */
function isFor(principal: unknown, account: string): boolean {
  if (principal === '*') return true;
  const named = (principal as { readonly AWS?: string | readonly string[] } | undefined)?.AWS ?? [];
  return [named].flat().some((one) => one === account || one === `arn:aws:iam::${account}:root`);
}

/** Only what our policies use. One call carries one event here, so that ForAllValues compares one value. */
function allHold({ Condition = {} }: Statement, keys: Keys): boolean {
  return Object.entries(Condition).every(([operator, wanted]) => {
    if (operator !== 'StringEquals' && operator !== 'ForAllValues:StringEquals')
      throw new Error(`the policy of a bus with ${operator} is not modelled`);
    return Object.entries(wanted).every(([key, values]) =>
      [values].flat().includes(keys.get(key.toLowerCase()) ?? ''),
    );
  });
}
