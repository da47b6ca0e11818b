import { describe, expect, test } from 'vitest';
import { onDeployment } from '../../../functions/on-deployment/on-deployment.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

function setUp() {
  const starter = createFakeStarter();
  const observed: ObservedRevision[] = [];
  const ledger = {
    observe: (observation: ObservedRevision) => Promise.resolve(void observed.push(observation)),
  };
  return { starter, observed, handle: onDeployment({ starter, ledger }) };
}

describe('a deployment', () => {
  test('that failed is rolled back, once', async () => {
    const { starter, observed, handle } = setUp();
    expect(await handle(fixture('deployment-failed'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'started' },
    ]);
    expect(await handle(fixture('deployment-failed'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'already-started' },
    ]);
    expect(starter.started).toHaveLength(1);
    expect(observed).toEqual([]);
  });

  test('that completed is recorded with the shortest soak, which the sweep extends', async () => {
    const { starter, observed, handle } = setUp();
    const observation = {
      target: 'ecs:prod/checkout',
      deployment: 'ecs-svc/8412097735164408213',
      completedAt: '2026-11-20T09:18:44.120Z',
      soakUntil: '2026-11-20T09:19:44.120Z',
    };
    expect(await handle(fixture('deployment-completed'))).toEqual(observation);
    expect(observed).toEqual([observation]);
    expect(starter.started).toEqual([]);
  });

  test('that started changes nothing', async () => {
    const { starter, observed, handle } = setUp();
    expect(await handle(fixture('deployment-in-progress'))).toMatchObject({ kind: 'ignored' });
    expect([starter.started, observed]).toEqual([[], []]);
  });

  test('without a time is thrown by its field', async () => {
    const { handle } = setUp();
    const event = altered('deployment-completed', ['detail', 'updatedAt'], undefined) as object;
    await expect(handle({ ...event, time: '' })).rejects.toMatchObject({
      name: 'InvalidRequest',
      field: 'time',
    });
  });
});

test('a hint is ignored, because on-hint handles it', async () => {
  const { starter, observed, handle } = setUp();
  expect(await handle(fixture('task-crashed'))).toMatchObject({ kind: 'ignored' });
  expect([starter.started, observed]).toEqual([[], []]);
});
