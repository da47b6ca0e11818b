import { describe, expect, test } from 'vitest';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import { read } from '../../../../../functions/mechanisms/ecs/reconcile.ts';
import type { DescribedService } from '../../../../../functions/mechanisms/ecs/services.ts';
import type { Seeing } from '../../../../../functions/mechanisms/ecs/sweep/seen.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import { createRota } from '../../../../../src/aws/rota.ts';
import type { Page } from '../../../../../src/targets/kind.ts';
import { FakeEcs } from '../../../../fakes/ecs.ts';
import { setBehind } from '../external/task-sets.ts';

const at = (minute: number) => `2026-11-22T03:0${minute}:00.000Z`;
const unasked = () => Promise.reject(new Error('not to be asked'));

const PAGE: Page = [
  { batch: 'prod', name: 'checkout' },
  { batch: 'prod', name: 'cart' },
];

type Rollout = Service['rollouts'][number];

const rollout = (more: Partial<Rollout> = {}): Service['rollouts'] => [
  {
    ...{ id: 'ecs-svc/2', isPrimary: true, state: 'IN_PROGRESS', createdAt: at(0) },
    ...{ desired: 2, pending: 0, running: 0, failedTasks: 0, ...more },
  },
];

const FAILED = [at(0), at(1), at(2)].map((createdAt) => ({
  ...{ startedBy: 'ecs-svc/2', createdAt, startedAt: null, stoppedAt: createdAt.replace(':00.', ':40.') },
  ...{ isUnhealthy: false, failure: 'not found' },
}));

const PRIMARY = setBehind('blue', { arn: 'set-1', isPrimary: true, updatedAt: at(0), createdAt: at(0) });
const COMING = setBehind('green', { arn: 'set-2', externalId: 'd-1', createdAt: at(1), isSteady: true });

interface Shown extends Partial<Service> {
  readonly sets?: readonly TaskSet[];
}

async function look(shown: Shown, more: Partial<Seeing> = {}) {
  const { sets = [], ...service } = shown;
  const described: DescribedService = {
    name: { cluster: 'prod', service: 'checkout' },
    service: new FakeEcs(service).service_!,
    sets,
  };
  const seeing: Seeing = {
    ecs: { deployment: unasked },
    codeDeploy: { deployment: unasked },
    tasks: { stopped: unasked, all: unasked },
    tasksTurns: createRota(10),
    leftOverTurns: createRota(10),
    now: () => at(5),
    ...more,
  };
  const [seen, ...others] = await read(PAGE, { in: () => Promise.resolve([described]) }, seeing);
  expect(others).toEqual([]);
  if (seen === undefined) return null;
  const sight = { at: at(5), before: null, isNew: true, entries: () => Promise.resolve([]) };
  return { ...seen, deployments: () => seen.observed(sight) };
}

/** A deployment whose event may have been lost. A lookout follows it. */
const BEGAN = { target: 'ecs:prod/checkout', deployment: 'ecs-svc/2', state: 'started' };

describe('a service that ECS deploys', () => {
  test('at rest costs nothing more than its page', async () => {
    const seen = await look({ rollouts: rollout({ state: 'COMPLETED', running: 2 }) });
    expect(seen).toMatchObject({ target: 'ecs:prod/checkout', unit: PAGE[0], isMoving: false });
    expect(await seen?.deployments()).toEqual([]);
  });

  test('is moving while a rollout is in flight, and its deployment may have stalled', async () => {
    const seen = await look(
      { rollouts: rollout(), currentDeployment: null },
      { tasks: { stopped: () => Promise.resolve(FAILED), all: unasked } },
    );
    expect(seen).toMatchObject({ isMoving: true });
    expect(await seen?.deployments()).toMatchObject([
      BEGAN,
      { target: 'ecs:prod/checkout', deployment: 'ecs-svc/2', state: 'stalled', at: FAILED[2]!.stoppedAt },
    ]);
  });

  test('that shows no state is moving until all its tasks run', async () => {
    const { id, isPrimary, createdAt, desired, pending, failedTasks } = rollout()[0]!;
    const stateless = { id, isPrimary, createdAt, desired, pending, failedTasks };
    expect(await look({ rollouts: [{ ...stateless, running: 1 }] })).toMatchObject({ isMoving: true });
    expect(await look({ rollouts: [{ ...stateless, running: 2 }] })).toMatchObject({ isMoving: false });
  });

  test('waits for its turn where many rollouts are in flight', async () => {
    const seen = await look({ rollouts: rollout() }, { tasksTurns: createRota(1) });
    expect(await seen?.deployments()).toMatchObject([BEGAN]);
  });

  test('is not seen while it is being deleted', async () => {
    expect(await look({ rollouts: rollout(), status: 'DRAINING' })).toBeNull();
  });
});

describe('a service that ECS does not deploy', () => {
  const external = { controller: 'EXTERNAL' as const, rollouts: [] };

  test('is known by the task set that serves', async () => {
    const seen = await look({ ...external, sets: [PRIMARY] });
    expect(seen).toMatchObject({ isMoving: false });
    expect(await seen?.deployments()).toMatchObject([
      { target: 'ecs:prod/checkout', deployment: 'set-1', state: 'completed', at: at(0) },
    ]);
  });

  test('is new when another task set serves', async () => {
    const before = await look({ ...external, sets: [PRIMARY] });
    const after = await look({ ...external, sets: [{ ...PRIMARY, arn: 'set-3', updatedAt: at(3) }] });
    const same = await look({ ...external, sets: [PRIMARY] });
    expect(after?.content).not.toBe(before?.content);
    expect(same?.content).toBe(before?.content);
  });

  test('is moving while a task set of CodeDeploy is newer, which a failed deployment may have left', async () => {
    const status = 'Failed';
    const deployment = {
      id: 'd-1',
      status,
      createdAt: at(1),
      finishedAt: at(4),
      reason: 'no health',
    } as never;
    const seen = await look(
      { ...external, controller: 'CODE_DEPLOY', sets: [COMING, PRIMARY] },
      { codeDeploy: { deployment: () => Promise.resolve(deployment) } },
    );
    expect(seen).toMatchObject({ isMoving: true });
    expect(await seen?.deployments()).toMatchObject([
      { deployment: 'set-1', state: 'completed' },
      { deployment: 'd-1', state: 'failed', at: at(4), reason: 'no health' },
    ]);
  });

  test('leaves a left task set for its turn', async () => {
    const seen = await look({ ...external, sets: [COMING, PRIMARY] }, { leftOverTurns: createRota(0) });
    expect(await seen?.deployments()).toMatchObject([{ deployment: 'set-1' }, { state: 'started' }]);
  });

  test('has begun a deployment while a task set waits for its traffic, steady or not', async () => {
    const began = { deployment: 'ecs-svc/2', state: 'started', at: at(1) };
    for (const isSteady of [true, false]) {
      const set = { ...COMING, externalId: null, isSteady };
      const seen = await look({ ...external, sets: [set, PRIMARY] }, { tasksTurns: createRota(0) });
      expect(await seen?.deployments()).toMatchObject([{ deployment: 'set-1' }, began]);
    }
    const idle = await look({ ...external, sets: [{ ...COMING, externalId: null, wanted: 0 }, PRIMARY] });
    expect(await idle?.deployments()).toMatchObject([{ deployment: 'set-1' }]);
  });
});
