import { describe, expect, test } from 'vitest';
import { failureOf, type Ended } from '../../../../../src/targets/kinds/ecs/failure.ts';
import { createTasks, toTask } from '../../../../../functions/mechanisms/ecs/tasks/sdk.ts';
import { awsError } from '../../../../fakes/ecs.ts';

const NAME = { cluster: 'prod', service: 'checkout' };
const exited = (...containers: NonNullable<Ended['containers']>): Ended => ({
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers,
});

describe('a task that failed', () => {
  test.each<[string, Ended, string]>([
    [
      'did not start',
      { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError: not found' },
      'CannotPullContainerError: not found',
    ],
    ['did not start, without a reason', { stopCode: 'TaskFailedToStart' }, 'TaskFailedToStart'],
    [
      'failed health checks of the load balancer',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed ELB health checks in (elb x)' },
      'Task failed ELB health checks in (elb x)',
    ],
    [
      'failed those of its containers',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed container health checks' },
      'Task failed container health checks',
    ],
    [
      'exited, with its sidecars stopped after it',
      exited({ name: 'proxy', exitCode: 143 }, { name: 'app', exitCode: 2 }, { name: 'log', exitCode: 0 }),
      'container app: exit code 2',
    ],
    [
      'ran out of memory, by its reason',
      exited(
        { name: 'proxy', exitCode: 143 },
        { name: 'app', exitCode: 1, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      ),
      'container app: exit code 1, OutOfMemoryError: Container killed due to memory usage',
    ],
    ['was killed', exited({ name: 'app', exitCode: 137 }), 'container app: exit code 137'],
    [
      'has a container that never started',
      exited({ name: 'app', reason: 'CannotStartContainerError' }),
      'container app: CannotStartContainerError',
    ],
  ])('%s', (_what, task, says) => expect(failureOf(task)).toBe(says));
});

describe('a task that did not fail', () => {
  test.each<[string, Ended]>([
    [
      'was stopped by a deployment or by scaling in',
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
      },
    ],
    ['was stopped by a person', { stopCode: 'UserInitiated', stoppedReason: 'Task failed me' }],
    ['lost its Spot capacity', { stopCode: 'SpotInterruption' }],
    ['was done', exited({ name: 'app', exitCode: 0 }, { name: 'proxy', exitCode: 143 })],
    ['was done, and its sidecar was killed', exited({ exitCode: 0 }, { exitCode: 137 })],
    ['ended on a signal', exited({ name: 'app', exitCode: 143 })],
    ['runs', {}],
  ])('%s', (_what, task) => expect(failureOf(task)).toBeNull());
});

test('a task has the times that it has', () => {
  const at = (clock: string) => new Date(`2026-11-22T03:${clock}.000Z`);
  expect(toTask({ startedBy: 'ecs-svc/1', createdAt: at('00:00'), stoppedAt: at('01:00') })).toMatchObject({
    startedAt: null,
    stoppedAt: '2026-11-22T03:01:00.000Z',
  });
  const ended = { startedAt: at('00:20'), stoppingAt: at('00:50'), stoppedAt: at('01:00') };
  expect(toTask(ended)).toMatchObject({
    startedBy: '',
    startedAt: '2026-11-22T03:00:20.000Z',
    stoppedAt: '2026-11-22T03:00:50.000Z',
  });
  expect(toTask({ healthStatus: 'UNHEALTHY' })).toMatchObject({ isUnhealthy: true, stoppedAt: null });
});

describe('the tasks of a service', () => {
  function client(listed: Readonly<Record<string, readonly string[] | Error>>) {
    const sent: string[] = [];
    const send = (command: { readonly input: Record<string, unknown> }) => {
      const { tasks, desiredStatus } = command.input as { tasks?: string[]; desiredStatus: string };
      sent.push(tasks === undefined ? `List ${desiredStatus}` : `Describe ${tasks.length}`);
      if (tasks !== undefined) return Promise.resolve({ tasks: tasks.map((taskArn) => ({ taskArn })) });
      const answer = listed[desiredStatus] ?? [];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ taskArns: answer });
    };
    return { tasks: createTasks({ send } as never), sent };
  }
  const arns = (count: number) => Array.from({ length: count }, (_, i) => `task-${i}`);

  test('take two calls where only those that stopped are asked for', async () => {
    const { tasks, sent } = client({ STOPPED: arns(3) });
    expect(await tasks.stopped(NAME)).toHaveLength(3);
    expect(sent).toEqual(['List STOPPED', 'Describe 3']);
  });

  test('are described a hundred at a time', async () => {
    const { tasks, sent } = client({ RUNNING: arns(60), STOPPED: arns(100) });
    expect(await tasks.all(NAME)).toHaveLength(160);
    expect(sent).toEqual(['List RUNNING', 'List STOPPED', 'Describe 100', 'Describe 60']);
  });

  test('are none where the service is gone, and nothing is described', async () => {
    const { tasks, sent } = client({ STOPPED: awsError('ServiceNotFoundException') });
    expect(await tasks.stopped(NAME)).toEqual([]);
    expect(sent).toEqual(['List STOPPED']);
    const throttled = client({ STOPPED: awsError('ThrottlingException') });
    await expect(throttled.tasks.stopped(NAME)).rejects.toThrow('ThrottlingException');
  });
});
