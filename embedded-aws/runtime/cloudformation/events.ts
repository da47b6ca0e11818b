import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { CloudFormation } from '../../world/cloudformation/cloudformation.ts';
import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import type { Stack, StackResource } from './stack.ts';

export interface Surroundings {
  readonly clock: Clock;
  /** CloudFormation of the world, which publishes the statuses of stacks. */
  readonly known: Pick<CloudFormation, 'list' | 'publish'>;
  readonly random: (name: string) => Random;
}

/** Gives a resource its state, and writes the event. */
export function record(
  { clock }: Surroundings,
  stack: Stack,
  resource: StackResource,
  status: ResourceStatus,
  reason?: string,
): void {
  const at = new Date(clock.now());
  Object.assign(resource, { status, reason, changedAt: at });
  recordEvent(stack, at, resource, status, reason);
}

/** Writes the event of a resource, whatever state it has. */
export function recordEvent(
  stack: Stack,
  at: Date,
  { id: logicalId, type, created }: Pick<StackResource, 'id' | 'type' | 'created'>,
  status: ResourceStatus,
  reason?: string,
): void {
  const id = `${logicalId}-${status}-${at.toISOString()}`;
  const { operation } = stack;
  stack.events.push({ id, operation, at, logicalId, physicalId: created?.ref ?? '', type, status, reason });
}

/**
 * Gives a stack its state, writes the event, and publishes it.
 * @param token of the request that caused it. Absent: of the operation.
 */
export function recordStack(
  { clock, random, known }: Surroundings,
  stack: Stack,
  status: StackStatus,
  reason?: string,
  token = stack.operation.token,
): void {
  const at = new Date(clock.now());
  Object.assign(stack, { status, reason });
  const id = random(`cloudformation/${stack.name}/${status}/${at.toISOString()}`).uuid();
  const of = { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' };
  const operation = { ...stack.operation, token };
  stack.events.push({ id, operation, at, ...of, status, reason });
  known.publish(stack.id, status, reason, token);
}
