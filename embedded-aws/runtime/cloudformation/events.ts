import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import type { Stack, StackResource } from './stack.ts';

export interface Surroundings {
  readonly clock: Clock;
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
  const { id: logicalId, type, created } = resource;
  const id = `${logicalId}-${status}-${at.toISOString()}`;
  stack.events.push({ id, at, logicalId, physicalId: created?.ref ?? '', type, status, reason });
}

/** Gives a stack its state, and writes the event. */
export function recordStack(
  { clock, random }: Surroundings,
  stack: Stack,
  status: StackStatus,
  reason?: string,
): void {
  const at = new Date(clock.now());
  Object.assign(stack, { status, reason });
  const id = random(`cloudformation/${stack.name}/${status}/${at.toISOString()}`).uuid();
  const of = { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' };
  stack.events.push({ id, at, ...of, status, reason });
}
