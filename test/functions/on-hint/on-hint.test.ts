import { describe, expect, test } from 'vitest';
import type { NoteStop } from '../../../functions/on-hint/note-stop.ts';
import { onHint } from '../../../functions/on-hint/on-hint.ts';
import { executionName } from '../../../src/lambda/start.ts';
import type { NotedStop } from '../../../src/ledger/lookouts.ts';
import { readRequest } from '../../../src/rollback/request.ts';
import { answerDeployment } from '../../../src/targets/deployment.ts';
import type { ObservedDeployment } from '../../../src/targets/kind.ts';
import { fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

const STALLED: ObservedDeployment = {
  target: 'ecs:prod/checkout',
  deployment: 'ecs-svc/2',
  state: 'stalled',
  at: '2026-11-22T03:02:35.000Z',
  reason: '5 tasks failed and none of 4 came up',
};

function setUp(stalled: ObservedDeployment | null) {
  const starter = createFakeStarter();
  const checks: string[] = [];
  const checkStalled = (target: string) => {
    checks.push(target);
    return Promise.resolve(stalled);
  };
  const noted: [target: string, stop: NotedStop][] = [];
  const noteStop: NoteStop = (target, stop) => Promise.resolve(void noted.push([target, stop]));
  return { starter, checks, noted, handle: onHint({ starter, checkStalled, noteStop }) };
}

describe('a hint', () => {
  test.each(['service-start-impaired', 'task-crashed'])(
    'at a stalled deployment starts one rollback, however many come: %s',
    async (name) => {
      const { starter, checks, handle } = setUp(STALLED);
      expect(await handle(fixture(name))).toEqual([{ target: 'ecs:prod/checkout', answer: 'started' }]);
      expect(await handle(fixture(name))).toEqual([
        { target: 'ecs:prod/checkout', answer: 'already-started' },
      ]);
      expect(checks).toEqual(['ecs:prod/checkout', 'ecs:prod/checkout']);
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

  test('without a stalled deployment starts nothing, and says so', async () => {
    const { starter, handle } = setUp(null);
    expect(await handle(fixture('task-crashed'))).toEqual({
      kind: 'ignored',
      reason: 'no deployment of ecs:prod/checkout is known to have stalled',
    });
    expect(starter.started).toEqual([]);
  });

  test('with a stopped task is noted for a lookout, each time that it comes', async () => {
    const { noted, handle } = setUp(null);
    await handle(fixture('task-crashed'));
    expect(noted).toMatchObject([['ecs:prod/checkout', { kind: 'crash', definition: 'checkout:42' }]]);
    await handle(fixture('service-start-impaired'));
    expect(noted).toHaveLength(1);
  });

  test('without a target is rejected', async () => {
    const { handle } = setUp({ ...STALLED, target: 'nonsense' });
    await expect(handle(fixture('task-crashed'))).rejects.toMatchObject({ name: 'InvalidRequest' });
  });
});

test.each(['deployment-failed', 'deployment-completed', 'alarm-event-dimensions'])(
  'another event is not checked: %s',
  async (name) => {
    const { checks, handle } = setUp(STALLED);
    expect(await handle(fixture(name))).toEqual({ kind: 'ignored', reason: 'is not a hint' });
    expect(checks).toEqual([]);
  },
);

test('a deployment that stalls and then fails has two triggers with different ids', () => {
  const nameOf = (state: ObservedDeployment['state']) => {
    const answer = answerDeployment({ ...STALLED, state });
    return 'requests' in answer ? answer.requests.map(executionName) : [];
  };
  expect(nameOf('stalled')).toHaveLength(1);
  expect(nameOf('stalled')).not.toEqual(nameOf('failed'));
});
