import { describe, expect, test } from 'vitest';
import { onDeployment } from '../../../functions/on-deployment/on-deployment.ts';
import type { Sighting } from '../../../src/ledger/ledger.ts';
import { readRequest } from '../../../src/rollback/request.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

const STALLED: DeploymentSighting = {
  target: 'ecs:prod/checkout',
  deployment: 'ecs-svc/2',
  state: 'stalled',
  at: '2026-11-22T03:02:35.000Z',
  reason: '5 tasks failed and none of 4 came up',
};

function setUp(stalled: DeploymentSighting | null = null) {
  const starter = createFakeStarter();
  const sightings: Sighting[] = [];
  const ledger = { sighted: (sighting: Sighting) => Promise.resolve(void sightings.push(sighting)) };
  const looks: string[] = [];
  const look = (target: string) => {
    looks.push(target);
    return Promise.resolve(stalled);
  };
  return { starter, sightings, looks, handle: onDeployment({ starter, ledger, look }) };
}

describe('a deployment', () => {
  test('that failed is rolled back, once', async () => {
    const { starter, sightings, handle } = setUp();
    expect(await handle(fixture('deployment-failed'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'started' },
    ]);
    expect(await handle(fixture('deployment-failed'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'already-started' },
    ]);
    expect(starter.started).toHaveLength(1);
    expect(sightings).toEqual([]);
  });

  test('that completed is recorded with the shortest soak, for the sweep to prolong', async () => {
    const { starter, sightings, handle } = setUp();
    const sighting = {
      target: 'ecs:prod/checkout',
      deployment: 'ecs-svc/8412097735164408213',
      completedAt: '2026-11-20T09:18:44.120Z',
      soakUntil: '2026-11-20T09:19:44.120Z',
    };
    expect(await handle(fixture('deployment-completed'))).toEqual(sighting);
    expect(sightings).toEqual([sighting]);
    expect(starter.started).toEqual([]);
  });

  test('that started changes nothing', async () => {
    const { starter, sightings, handle } = setUp();
    expect(await handle(fixture('deployment-in-progress'))).toMatchObject({ kind: 'ignored' });
    expect([starter.started, sightings]).toEqual([[], []]);
  });

  test('that nobody can date is thrown by its field', async () => {
    const { handle } = setUp();
    const event = altered('deployment-completed', ['detail', 'updatedAt'], undefined) as object;
    await expect(handle({ ...event, time: '' })).rejects.toMatchObject({
      name: 'InvalidRequest',
      field: 'time',
    });
  });
});

describe('a hint', () => {
  test.each(['service-start-impaired', 'task-crashed'])(
    'at a deployment that has stalled starts one rollback, however many come: %s',
    async (name) => {
      const { starter, looks, handle } = setUp(STALLED);
      expect(await handle(fixture(name))).toEqual([{ target: 'ecs:prod/checkout', answer: 'started' }]);
      expect(await handle(fixture(name))).toEqual([
        { target: 'ecs:prod/checkout', answer: 'already-started' },
      ]);
      expect(looks).toEqual(['ecs:prod/checkout', 'ecs:prod/checkout']);
      expect(starter.started.map((request) => readRequest(request))).toEqual([
        {
          target: 'ecs:prod/checkout',
          reason: 'deployment ecs-svc/2 cannot progress: 5 tasks failed and none of 4 came up',
          trigger: {
            type: 'deployment',
            sign: 'stalled',
            id: 'ecs-svc/2 stalled',
            at: STALLED.at,
            deployment: 'ecs-svc/2',
            reason: '5 tasks failed and none of 4 came up',
          },
        },
      ]);
    },
  );

  test('that comes to nothing starts nothing, and says so', async () => {
    const { starter, sightings, handle } = setUp();
    expect(await handle(fixture('task-crashed'))).toEqual({
      kind: 'ignored',
      reason: 'no deployment of ecs:prod/checkout is known to have stalled',
    });
    expect([starter.started, sightings]).toEqual([[], []]);
  });

  test('does not stand in the way of the failure of the same deployment', async () => {
    const deployment = 'ecs-svc/8412097735164408213';
    const { starter, handle } = setUp({ ...STALLED, deployment });
    await handle(fixture('task-crashed'));
    await handle(fixture('deployment-failed'));
    expect(starter.started.map(({ trigger }) => trigger?.id)).toEqual([`${deployment} stalled`, deployment]);
  });
});
