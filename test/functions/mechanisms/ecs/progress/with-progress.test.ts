import { describe, expect, test } from 'vitest';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import { withProgress } from '../../../../../functions/mechanisms/ecs/progress/with-progress.ts';
import type { Plan } from '../../../../../src/rollback/plan.ts';
import type { Request } from '../../../../../src/rollback/request.ts';
import { FakeEcs } from '../../../../fakes/ecs.ts';
import * as given from '../../../../src/rollback/judge-facts.ts';
import { setBehind } from '../external/task-sets.ts';

const STALLED: Request = {
  ...given.BY_DEPLOYMENT,
  trigger: {
    type: 'deployment',
    sign: 'stalled',
    id: 'ecs-svc/2 stalled',
    at: given.at('03:04'),
    deployment: 'ecs-svc/2',
  },
};
const rollouts: Service['rollouts'] = [
  {
    ...{ id: 'ecs-svc/2', isPrimary: true, state: 'IN_PROGRESS', createdAt: given.at('03:00') },
    ...{ desired: 4, pending: 0, running: 0, failedTasks: 3 },
  },
];
const serviceWith = (more: Partial<Service> = {}) => ({
  ...(new FakeEcs().service_ as Service),
  rollouts,
  ...more,
});

async function progressIn(
  plan: Plan,
  { request = STALLED, service = serviceWith(), sets = [setBehind('green', { isSteady: false })] } = {},
) {
  const asked: string[] = [];
  const answer = <T>(name: string, is: T) => {
    asked.push(name);
    return Promise.resolve(is);
  };
  const reads = {
    taskSets: { of: () => answer('taskSets', sets) },
    tasks: { stopped: () => answer('stopped', []), all: () => answer('all', []) },
    now: () => given.NOW,
  };
  const { deployment } = await withProgress(plan, { request }, service, reads);
  return { progress: deployment?.progress, asked };
}

describe('a plan says how the tasks fare', () => {
  test('where the deployment in flight is said to have stalled', async () => {
    const { progress, asked } = await progressIn(given.planOf());
    expect(progress).toMatchObject({ of: 'tasks', wanted: 4, failed: 3, unplaced: true });
    expect(asked).toEqual(['stopped']);
  });

  test('of the task set that is the deployment, or that CodeDeploy made', async () => {
    const sets = [
      setBehind('green', { arn: 'set-2', wanted: 2, running: 1, isPrimary: true }),
      setBehind('blue', { arn: 'set-1', externalId: 'd-1', wanted: 3, running: 0 }),
    ];
    const service = serviceWith({ controller: 'EXTERNAL' });
    const planOf = (id: string) => given.planOf(undefined, { deployment: { ...given.DEPLOYMENT, id } });
    expect(await progressIn(planOf('set-2'), { service, sets })).toMatchObject({
      progress: { wanted: 2 },
      asked: ['taskSets', 'all'],
    });
    expect(await progressIn(planOf('d-1'), { service, sets })).toMatchObject({ progress: { wanted: 3 } });
    expect((await progressIn(planOf('d-2'), { service, sets })).progress).toBeUndefined();
  });
});

describe('a plan says nothing of it, and asks nothing,', () => {
  test.each([
    ['where a deployment failed', given.planOf(), given.BY_DEPLOYMENT],
    ['where an alarm turned', given.planOf(), given.BY_ALARM],
    [
      'where it is over',
      given.planOf(undefined, { deployment: { ...given.DEPLOYMENT, state: 'completed' } }),
    ],
    ['where there is none', given.withoutDeployment()],
  ])('%s', async (_why, plan, request = STALLED) => {
    expect(await progressIn(plan, { request })).toEqual({ progress: undefined, asked: [] });
  });
});
