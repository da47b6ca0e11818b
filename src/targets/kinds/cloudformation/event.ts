import { asRecord } from '../../../rollback/json.ts';
import { detailOf, optionalTextOf, textOf } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';
import { isOurs } from './token.ts';

/** An update from an event, with the ARN of its stack. */
type OfStack = Omit<ObservedDeployment, 'target'> & { readonly stack: string };

const DETAIL_TYPE = 'CloudFormation Stack Status Change';

/**
 * The statuses that end or fail an update. An update that CloudFormation rolls back natively has failed. A beginning is
 * left out: it would start a lookout, and a stack has no sides.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  CREATE_COMPLETE: 'completed',
  UPDATE_COMPLETE: 'completed',
  UPDATE_FAILED: 'failed',
  UPDATE_ROLLBACK_IN_PROGRESS: 'failed',
  UPDATE_ROLLBACK_FAILED: 'failed',
};

/**
 * Reads a status event of a stack. Returns null for any other event, for a way back of Lastgood, and for an end without
 * a token: nothing else in the event names the update, and the sweep observes it.
 * Unknown: stack-event-token.
 * @throws InvalidRequest naming the field, if the stack is missing
 */
export function observed(event: BusEvent): OfStack | null {
  if (event.source !== 'aws.cloudformation' || event['detail-type'] !== DETAIL_TYPE) return null;
  const detail = detailOf(event);
  const details = asRecord(detail['status-details']) ?? {};
  const status = optionalTextOf(details, 'status') ?? '';
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state === undefined) return null;
  const token = optionalTextOf(detail, 'client-request-token');
  if (token === null ? state !== 'failed' : isOurs(token)) return null;
  const reason = optionalTextOf(details, 'status-reason') ?? '';
  return { stack: textOf(detail, 'stack-id'), deployment: token ?? event.id, state, at: event.time, reason };
}
