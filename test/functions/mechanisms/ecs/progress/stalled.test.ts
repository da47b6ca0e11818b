import { describe, expect, test } from 'vitest';
import type { DeploymentStatus, Rollout, Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import { stalledOf, type Reads } from '../../../../../functions/mechanisms/ecs/progress/stalled.ts';
import { stalledKind } from '../../../../../functions/mechanisms/ecs/stalled.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import type { Task } from '../../../../../functions/mechanisms/ecs/tasks/tasks.ts';
import { FakeEcs } from '../../../../fakes/ecs.ts';
import { setBehind } from '../external/task-sets.ts';

const NAME = { cluster: 'prod', service: 'checkout' };
const at = (second: number) => new Date(Date.parse('2026-11-22T03:00:00.000Z') + second * 1000).toISOString();
const ROLLOUT: Rollout = {
  ...{ id: 'ecs-svc/2', isPrimary: true, state: 'IN_PROGRESS', createdAt: at(0) },
  ...{ desired: 4, pending: 0, running: 0, failedTasks: 0 },
};
const OLD: Rollout = { ...ROLLOUT, id: 'ecs-svc/1', isPrimary: false, state: 'COMPLETED', running: 4 };

const crashed = (created: number): Task => ({
  ...{ startedBy: ROLLOUT.id, createdAt: at(created), startedAt: at(created + 20) },
  ...{ stoppedAt: at(created + 25), isUnhealthy: false, failure: 'container app: exit code 1' },
});
const CRASHES = [0, 0, 30, 60, 90].map(crashed);

/** Records the names of the calls, and answers them. */
function reads({
  tasks = CRASHES,
  now = at(180),
  status = 'IN_PROGRESS',
  sets = [],
}: {
  tasks?: readonly Task[];
  now?: string;
  status?: DeploymentStatus | null;
  sets?: readonly TaskSet[];
} = {}) {
  const asked: string[] = [];
  const answer = <T>(name: string, is: T) => {
    asked.push(name);
    return Promise.resolve(is);
  };
  const given: Reads = {
    ecs: { deployment: () => answer('deployment', status === null ? null : ({ status } as never)) },
    taskSets: { of: () => answer('taskSets', sets) },
    tasks: { stopped: () => answer('stopped', tasks), all: () => answer('all', tasks) },
    now: () => now,
  };
  return { given, asked };
}

const serviceWith = (more: Partial<Service> = {}): Service => ({
  ...(new FakeEcs().service_ as Service),
  currentDeployment: 'arn:deployment',
  rollouts: [ROLLOUT, OLD],
  ...more,
});

describe('a deployment of ECS that cannot progress', () => {
  test('is reported by its id, with time and cause of its last failure', async () => {
    const { given, asked } = reads();
    expect(await stalledOf(NAME, serviceWith(), given)).toEqual({
      target: 'ecs:prod/checkout',
      deployment: 'ecs-svc/2',
      state: 'stalled',
      at: at(115),
      reason: '5 tasks failed and none of 4 came up: container app: exit code 1',
    });
    expect(asked).toEqual(['stopped', 'deployment']);
  });

  test('is seen where some of its tasks run for a moment', async () => {
    const { given, asked } = reads();
    const rollouts = [{ ...ROLLOUT, running: 2 }, OLD];
    expect(await stalledOf(NAME, serviceWith({ rollouts }), given)).not.toBeNull();
    expect(asked).toEqual(['all', 'deployment']);
  });

  test('is seen where ECS says no state of it', async () => {
    const stateless = Object.fromEntries(
      Object.entries(ROLLOUT).filter(([field]) => field !== 'state'),
    ) as unknown as Rollout;
    const seen = await stalledOf(NAME, serviceWith({ rollouts: [stateless, OLD] }), reads().given);
    expect(seen).toMatchObject({ deployment: 'ecs-svc/2' });
  });

  test.each<DeploymentStatus>(['ROLLBACK_IN_PROGRESS', 'STOP_REQUESTED', 'SUCCESSFUL', 'STOPPED'])(
    'is none where the service deployment is %s',
    async (status) => {
      expect(await stalledOf(NAME, serviceWith(), reads({ status }).given)).toBeNull();
    },
  );

  test('is taken by its tasks where ECS does not know the service deployment', async () => {
    expect(await stalledOf(NAME, serviceWith(), reads({ status: null }).given)).not.toBeNull();
    const { given, asked } = reads();
    expect(await stalledOf(NAME, serviceWith({ currentDeployment: null }), given)).not.toBeNull();
    expect(asked).not.toContain('deployment');
  });
});

describe('costs no call', () => {
  test.each<[string, Partial<Service>, string?]>([
    ['a service at rest', { rollouts: [{ ...ROLLOUT, state: 'COMPLETED' }] }],
    ['a deployment that failed', { rollouts: [{ ...ROLLOUT, state: 'FAILED' }, OLD] }],
    ['a service without any', { rollouts: [] }],
    ['a deployment that began just now', {}, at(59)],
  ])('%s', async (_what, service, now = at(180)) => {
    const { given, asked } = reads({ now });
    expect(await stalledOf(NAME, serviceWith(service), given)).toBeNull();
    expect(asked).toEqual([]);
  });
});

test('a deployment that may progress is only read', async () => {
  const { given, asked } = reads({ tasks: CRASHES.slice(0, 2) });
  expect(await stalledOf(NAME, serviceWith(), given)).toBeNull();
  expect(asked).toEqual(['stopped']);
});

test('tasks that cannot be placed get ten minutes', async () => {
  const rollouts = [{ ...ROLLOUT, failedTasks: 3 }, OLD];
  const messages = [{ at: at(30), text: '(service checkout) was unable to place a task.' }];
  const look = (now: string) =>
    stalledOf(NAME, serviceWith({ rollouts, messages }), reads({ tasks: [], now }).given);
  expect(await look(at(599))).toBeNull();
  expect(await look(at(600))).toMatchObject({
    at: at(600),
    reason: 'AWS could not place any of 4 tasks: (service checkout) was unable to place a task.',
  });
});

describe('task sets', () => {
  const serving = setBehind('blue', { isPrimary: true, createdAt: at(-600) });
  const coming = setBehind('green', { createdAt: at(0), isSteady: false, running: 0 });
  const look = (sets: readonly TaskSet[]) => {
    const { given, asked } = reads({ sets });
    const service = serviceWith({ controller: 'EXTERNAL', rollouts: [] });
    return stalledOf(NAME, service, given).then((seen) => ({ seen, asked }));
  };

  test('of which the newest cannot progress are seen by its id', async () => {
    const { seen, asked } = await look([coming, serving]);
    expect(seen).toMatchObject({ deployment: 'ecs-svc/2', state: 'stalled' });
    expect(asked).toEqual(['taskSets', 'stopped']);
  });

  test.each([
    ['the newest serves', [{ ...coming, isPrimary: true }, serving]],
    ['the newest is steady', [{ ...coming, isSteady: true }, serving]],
    ['the newest is to run nothing', [{ ...coming, wanted: 0 }, serving]],
    ['there is none', []],
  ])('are left alone where %s', async (_what, sets) => {
    expect(await look(sets)).toEqual({ seen: null, asked: ['taskSets'] });
  });
});

describe('after a hint', () => {
  const look = (service: Service | null) => {
    const { given, asked } = reads();
    const ecs = { ...given.ecs, service: () => Promise.resolve(service) };
    return stalledKind({ ...given, ecs })
      .stalled('ecs:prod/checkout')
      .then((seen) => ({ seen, asked }));
  };

  test('an opted-in service is looked at', async () => {
    expect(await look(serviceWith())).toMatchObject({ seen: { deployment: 'ecs-svc/2' } });
  });

  test.each([
    ['without the tag', serviceWith({ tags: {} })],
    ['that is being deleted', serviceWith({ status: 'DRAINING' })],
    ['that is not there', null],
  ])('a service %s is left alone', async (_what, service) => {
    expect(await look(service)).toEqual({ seen: null, asked: [] });
  });
});
