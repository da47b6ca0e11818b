import { describe, expect, test } from 'vitest';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import { progressOf } from '../../../../../functions/mechanisms/ecs/progress/progress.ts';
import type { Side } from '../../../../../functions/mechanisms/ecs/progress/side.ts';
import type { Task } from '../../../../../functions/mechanisms/ecs/tasks/tasks.ts';
import { prospectOf } from '../../../../../src/rollback/progress.ts';
import { FakeEcs } from '../../../../fakes/ecs.ts';

const at = (second: number) => new Date(Date.parse('2026-11-22T03:00:00.000Z') + second * 1000).toISOString();
const NOW = at(600);
const SIDE: Side = {
  id: 'ecs-svc/2',
  since: at(0),
  ...{ wanted: 4, pending: 0, running: 0, failedTasks: 0 },
};
const SERVICE = new FakeEcs().service_ as Service;

/** Returns a task that was created, ran and stopped at these seconds. */
function task(created: number, ran: number | null, stopped: number | null, more: Partial<Task> = {}): Task {
  return {
    startedBy: SIDE.id,
    createdAt: at(created),
    startedAt: ran === null ? null : at(ran),
    stoppedAt: stopped === null ? null : at(stopped),
    isUnhealthy: false,
    failure: stopped === null ? null : 'container app: exit code 1',
    ...more,
  };
}
const four = (...times: Parameters<typeof task>) => Array.from({ length: 4 }, () => task(...times));
const crashes = [...four(0, 20, 25), ...four(30, 50, 55), ...four(90, 110, 115)];

function progress(tasks: readonly Task[], side: Partial<Side> = {}, service: Partial<Service> = {}) {
  return progressOf({ ...SIDE, ...side }, { ...SERVICE, ...service }, tasks, NOW);
}
const prospect = (...of: Parameters<typeof progress>) => prospectOf(progress(...of));

test('counts what failed of the side and since when, and what else runs', () => {
  expect(progress([...crashes, ...four(0, 5, null, { startedBy: 'ecs-svc/1' })])).toEqual({
    ...{ of: 'tasks', wanted: 4, up: 0, failed: 12, enough: 3, retried: true, failingSeconds: 90 },
    ...{ others: 4, because: 'container app: exit code 1' },
  });
});

describe('a deployment', () => {
  test('that fails again and again has stalled', () => expect(prospect(crashes)).toBe('stalled'));

  test('one of whose tasks runs for longer than any that failed goes on', () => {
    expect(progress([...crashes, task(90, 560, null)])).toMatchObject({ up: 1 });
    expect(prospect([...crashes, task(90, 560, null)])).toBe('progressing');
  });

  test('is not up by a task that has yet to live as long as those that failed', () => {
    expect(prospect([...crashes, task(550, 566, null)])).toBe('stalled');
  });

  test('is not up by a task whose own health checks fail, or that is asked to stop', () => {
    const sick = task(90, 110, null, { isUnhealthy: true });
    const leaving = task(90, 110, 590, { failure: null });
    expect(prospect([...crashes, sick, leaving])).toBe('stalled');
  });

  test('whose tasks never ran has stalled as well, and any that runs now is up after half a minute', () => {
    const failed = [...four(0, null, 40), ...four(120, null, 160)];
    expect(prospect(failed)).toBe('stalled');
    expect(prospect([...failed, task(560, 571, null)])).toBe('stalled');
    expect(prospect([...failed, task(560, 569, null)])).toBe('progressing');
  });

  test('of which all tasks failed at once and only once goes on', () => {
    expect(prospect(four(0, 20, 25))).toBe('too-early');
    const apart = [task(0, 20, 25), task(0, 20, 60), task(0, 20, 120)];
    expect(progress(apart)).toMatchObject({ failed: 3, retried: false, failingSeconds: 95 });
    expect(prospect(apart)).toBe('too-early');
  });

  test('of which few failed goes on', () => {
    expect(prospect([task(0, 20, 25), task(30, 50, 120)])).toBe('too-early');
    expect(prospect(crashes, { wanted: 40 })).toBe('too-early');
  });

  test('is not accused by failures of another, nor by tasks that were only stopped', () => {
    expect(prospect(crashes.map((one) => ({ ...one, startedBy: 'ecs-svc/1' })))).toBe('too-early');
    expect(prospect(crashes.map((one) => ({ ...one, failure: null })))).toBe('too-early');
  });
});

describe('how long a task lives', () => {
  const long = [...four(0, 0, 350), ...four(100, 100, 450), ...four(200, 200, 550)];
  test('beyond the grace period it had come up, and its failure is another matter', () => {
    expect(progress(long)).toMatchObject({ failed: 0 });
    expect(progress(long, {}, { graceSeconds: 60 })).toMatchObject({ failed: 12 });
  });

  test('and then one that runs is up, however long those that failed did', () => {
    const failed = [...four(0, 0, 290), ...four(0, 10, 300)];
    expect(progress([...failed, task(200, 290, null)])).toMatchObject({ up: 1 });
  });
});

describe('tasks that AWS cannot place', () => {
  const messages = [
    { at: at(300), text: '(service checkout) is unable to consistently start tasks successfully.' },
    { at: at(200), text: '(service checkout) has started 1 tasks: (task 1).' },
    { at: at(100), text: '(service checkout) was unable to place a task. Reason: no room.' },
    { at: at(-60), text: '(service checkout) was unable to place a task. Reason: long ago.' },
  ];
  test('are recognised by failures that ECS counts without any task, with a cause', () => {
    const found = progress([], { failedTasks: 3 }, { messages });
    expect(found).toMatchObject({ failed: 3, unplaced: true });
    expect(found.because).toBe('(service checkout) was unable to place a task. Reason: no room.');
    expect(prospectOf(found)).toBe('unplaced');
  });

  test('are none where some start, or run', () => {
    expect(progress([], { failedTasks: 3, pending: 1 })).not.toHaveProperty('unplaced');
    expect(progress([], { failedTasks: 3, running: 1 })).not.toHaveProperty('unplaced');
  });

  test('are not known to be so where the list of stopped tasks may lack those of the side', () => {
    const many = Array.from({ length: 100 }, () => task(0, 20, 25, { startedBy: 'ecs-svc/1' }));
    expect(progress(many.slice(1), { failedTasks: 3 })).toHaveProperty('unplaced');
    expect(progress(many, { failedTasks: 3 })).not.toHaveProperty('unplaced');
  });
});

test('where the circuit breaker is on, it comes first: twice its failures are needed', () => {
  expect(progress(crashes, {}, { breaker: 3 })).toMatchObject({ enough: 6 });
  expect(progress(crashes, {}, { breaker: 1 })).toMatchObject({ enough: 3 });
  expect(prospect(crashes, {}, { breaker: 6 })).toBe('stalled');
  expect(prospect(crashes, {}, { breaker: 7 })).toBe('too-early');
});
