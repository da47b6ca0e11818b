import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { AwsEvent, Surroundings } from '../aws.ts';
import type { Change, Operation, Stack } from './model.ts';

/**
 * Gives a stack its status, writes its event, and publishes it.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-cloudformation.html
 * Unknown: stack-event-token. Assumed: the event has the token of the operation, and none if that had none.
 * @param token of the request that caused it. Absent: of the operation.
 */
export function recordStack(
  { clock, emit }: Surroundings,
  stack: Stack,
  status: StackStatus,
  reason?: string,
  token = stack.operations[0].token,
): void {
  const at = new Date(clock.now());
  Object.assign(stack, { status, reason });
  const operation = { ...stack.operations[0], token };
  const of = { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' };
  stack.events.push({ id: eventId(stack, of.logicalId, status), at, operation, ...of, status, reason });
  emit(statusEvent(stack.id, status, reason, token));
}

/** Returns the event of a stack's status on the bus. */
export function statusEvent(
  stackId: string,
  status: StackStatus,
  reason: string | undefined,
  token: string | undefined,
): AwsEvent {
  return {
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    resources: [stackId],
    detail: {
      'stack-id': stackId,
      'status-details': { status, 'status-reason': reason ?? '' },
      ...(token !== undefined && { 'client-request-token': token }),
    },
  };
}

/** Writes the event of a resource. */
export function recordResource(
  { clock }: Surroundings,
  stack: Stack,
  { logicalId, type }: Change,
  status: ResourceStatus,
  reason?: string,
): void {
  const [operation] = stack.operations;
  const physicalId = `${stack.name}-${logicalId}`;
  const at = new Date(clock.now());
  stack.events.push({
    id: eventId(stack, logicalId, status),
    at,
    operation,
    logicalId,
    physicalId,
    type,
    status,
    reason,
  });
}

/** Begins an operation of a stack. */
export function beginOperation(
  { random }: Surroundings,
  stack: Pick<Stack, 'name' | 'operations'>,
  type: Operation['type'],
  token: string | undefined,
): void {
  stack.operations = [
    operationOf({ random }, stack.name, stack.operations.length, type, token),
    ...stack.operations,
  ];
}

export function operationOf(
  { random }: Pick<Surroundings, 'random'>,
  name: string,
  count: number,
  type: Operation['type'],
  token: string | undefined,
): Operation {
  return { type, id: random(`cloudformation/${name}/operation/${count}`).uuid(), token };
}

function eventId({ events }: Stack, logicalId: string, status: string): string {
  return `${logicalId}-${status}-${events.length}`;
}
