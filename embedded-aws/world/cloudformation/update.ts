import type { Surroundings } from '../aws.ts';
import type { AlarmStates } from '../seams.ts';
import { invalid } from './errors.ts';
import type { Change, NewUpdate, Stack } from './model.ts';
import { beginOperation, recordResource, recordStack } from './record.ts';
import { attempt, rollBack } from './roll-back.ts';

export interface World extends Surroundings {
  readonly alarms: AlarmStates;
}

/** Assumed: AWS gives no figures. */
const SECONDS_PER_CHANGE = 20;
const CLEANUP_SECONDS = 15;
const LOOK_SECONDS = 10;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const UPDATABLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'UPDATE_FAILED',
];

/** Begins an update. One of a failed update goes on from there, and keeps the last stable configuration. */
export function update(world: World, stack: Stack, wanted: NewUpdate): void {
  if (!UPDATABLE.includes(stack.status))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  const { template = stack.configuration.template, parameters = stack.configuration.parameters } = wanted;
  if (stack.status !== 'UPDATE_FAILED') {
    stack.begun.length = 0;
    stack.stuck.clear();
  }
  stack.mode = wanted.mode ?? 'STANDARD';
  // Express mode disables rollback by default.
  stack.disableRollback = wanted.disableRollback ?? stack.mode === 'EXPRESS';
  stack.configuration = { template, parameters };
  stack.updatedAt = new Date(world.clock.now());
  beginOperation(world, stack, 'UPDATE_STACK', wanted.token);
  recordStack(world, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const phase = ++stack.phase;
  watchTriggers(world, stack, phase);
  forward(world, stack, wanted.changes, phase);
}

function forward(world: World, stack: Stack, [next, ...rest]: readonly Change[], phase: number): void {
  // A rollback trigger that was red at once has ended the update.
  if (stack.phase !== phase) return;
  if (next === undefined) {
    const minutes = stack.mode === 'EXPRESS' ? 0 : stack.monitoringMinutes;
    world.clock.after(minutes * 60_000, () => stack.phase === phase && complete(world, stack));
    return;
  }
  const refused = begin(world, stack, next);
  const seconds = stack.mode === 'EXPRESS' ? 1 : (next.seconds ?? SECONDS_PER_CHANGE);
  world.clock.after(seconds * 1000, () => {
    if (stack.phase !== phase) return;
    if (refused !== undefined) {
      fail(world, stack, next, refused);
      return;
    }
    recordResource(world, stack, next, next.does === undefined ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE');
    forward(world, stack, rest, phase);
  });
}

/** Begins a change. Returns why it fails: what its service refuses, it cannot do. */
function begin(world: World, stack: Stack, change: Change): string | undefined {
  const replaces = 'Requested update requires the creation of a new physical resource; hence creating one.';
  const status = change.does === 'creates' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  recordResource(world, stack, change, status, change.does === 'replaces' ? replaces : undefined);
  stack.begun.push(change);
  return change.fails ?? attempt(change.apply);
}

function fail(world: World, stack: Stack, change: Change, reason: string): void {
  recordResource(world, stack, change, change.does === 'creates' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
  const says = `The following resource(s) failed to update: [${change.logicalId}]. `;
  stack.phase += 1;
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
  if (stack.disableRollback) recordStack(world, stack, 'UPDATE_FAILED', says);
  else rollBack(world, stack, { reason: says });
}

/**
 * Rolls the update back if an alarm turns or is missing, until it has ended, its monitoring time included.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-rollback-triggers.html
 */
function watchTriggers(world: World, stack: Stack, phase: number): void {
  if (stack.phase !== phase || stack.mode === 'EXPRESS') return;
  const states = stack.triggers.map(
    (trigger) => [trigger, world.alarms.alarmState(nameOf(trigger))] as const,
  );
  const [missing] = states.find(([, state]) => state === null) ?? [];
  const [red] = states.find(([, state]) => state === 'ALARM') ?? [];
  const which = missing ?? red;
  if (which !== undefined) {
    const said = missing === undefined ? 'is in ALARM state' : 'does not exist';
    rollBack(world, stack, { reason: `Rollback trigger ${which} ${said}` });
    return;
  }
  if (stack.triggers.length > 0)
    world.clock.after(LOOK_SECONDS * 1000, () => watchTriggers(world, stack, phase), true);
}

function nameOf(alarm: string): string {
  return alarm.slice(alarm.indexOf(':alarm:') + ':alarm:'.length);
}

function complete(world: World, stack: Stack): void {
  const phase = ++stack.phase;
  stack.stable = stack.configuration;
  stack.begun.length = 0;
  recordStack(world, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  world.clock.after(CLEANUP_SECONDS * 1000, () => {
    if (stack.phase === phase) recordStack(world, stack, 'UPDATE_COMPLETE');
  });
}
