import type { Surroundings } from '../aws.ts';
import type { Change, Stack } from './model.ts';
import { AwsError } from '../service.ts';
import { recordResource, recordStack } from './record.ts';

/** Assumed: AWS gives no figures. */
const SECONDS_PER_CHANGE = 20;
const CLEANUP_SECONDS = 15;

interface Cause {
  readonly reason?: string;
  /** The token of the request. */
  readonly token?: string | undefined;
  /** Why nothing can be undone: the caller's credentials do not suffice. */
  readonly denied?: string;
}

/**
 * Undoes what the update changed, newest first. What it created is deleted.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function rollBack(world: Surroundings, stack: Stack, { reason, token, denied }: Cause): void {
  const phase = ++stack.phase;
  recordStack(world, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason, token ?? stack.operations[0].token);
  back(world, stack, phase, denied);
}

function back(world: Surroundings, stack: Stack, phase: number, denied: string | undefined): void {
  const change = stack.begun.at(-1);
  if (change === undefined) {
    restored(world, stack, phase);
    return;
  }
  recordResource(
    world,
    stack,
    change,
    change.does === 'creates' ? 'DELETE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
  );
  const failure =
    denied ?? failureOf(stack, change) ?? (change.fails === undefined ? attempt(change.undo) : undefined);
  world.clock.after((change.seconds ?? SECONDS_PER_CHANGE) * 1000, () => {
    if (stack.phase !== phase) return;
    if (failure !== undefined) {
      stuck(world, stack, change, failure);
      return;
    }
    recordResource(world, stack, change, change.does === 'creates' ? 'DELETE_COMPLETE' : 'UPDATE_COMPLETE');
    stack.begun.pop();
    back(world, stack, phase, denied);
  });
}

/** Makes a change in its service. Returns why the service refuses it. */
export function attempt(change: (() => void) | undefined): string | undefined {
  try {
    change?.();
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

function failureOf(stack: Stack, change: Change): string | undefined {
  const { undoFails } = change;
  const times = stack.stuck.get(change) ?? 0;
  if (undoFails === undefined || times >= undoFails.times) return undefined;
  stack.stuck.set(change, times + 1);
  return undoFails.reason;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html */
function stuck(world: Surroundings, stack: Stack, change: Change, reason: string): void {
  stack.phase += 1;
  recordResource(world, stack, change, 'UPDATE_FAILED', reason);
  const says = `The following resource(s) failed to update: [${change.logicalId}]. `;
  recordStack(world, stack, 'UPDATE_ROLLBACK_FAILED', says);
}

function restored(world: Surroundings, stack: Stack, phase: number): void {
  stack.configuration = stack.stable;
  recordStack(world, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  world.clock.after(CLEANUP_SECONDS * 1000, () => {
    if (stack.phase === phase) recordStack(world, stack, 'UPDATE_ROLLBACK_COMPLETE');
  });
}
