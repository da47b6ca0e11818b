import { expect, test } from 'vitest';
import { reconcileDeploymentEvents } from '../../../functions/sweep/lost-deployment-events.ts';
import type { Reconciler, ObservedDeployment } from '../../../src/targets/kind.ts';
import type { Entry, ObservedRevision } from '../../../src/ledger/ledger.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { createFakeStarter } from '../starter.ts';

const DEPLOYMENT: ObservedDeployment = {
  target: 'ecs:prod/checkout',
  deployment: 'd-1',
  state: 'completed',
  at: '2026-11-22T03:00:00.000Z',
  reason: 'done',
};

async function sweep(...kinds: readonly (readonly ObservedDeployment[] | Error)[]) {
  const observed: ObservedRevision[] = [];
  const starter = createFakeStarter();
  const context = {
    optedIn: () => Promise.resolve([]),
    entriesOf: () => Promise.resolve<readonly Entry[]>([]),
  };
  const ledger = {
    observe: (observation: ObservedRevision) => Promise.resolve(void observed.push(observation)),
  };
  const seenBy = (seen: readonly ObservedDeployment[] | Error): Pick<Reconciler, 'recentDeployments'> => ({
    recentDeployments: () => (seen instanceof Error ? Promise.reject(seen) : Promise.resolve(seen)),
  });
  const error = await reconcileDeploymentEvents({ kinds: kinds.map(seenBy), context, ledger, starter }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { observed, started: starter.started, error };
}

test('a completed deployment is recorded with the shortest soak', async () => {
  const { observed, started } = await sweep([DEPLOYMENT]);
  expect(observed).toEqual([
    {
      target: 'ecs:prod/checkout',
      deployment: 'd-1',
      completedAt: '2026-11-22T03:00:00.000Z',
      soakUntil: '2026-11-22T03:01:00.000Z',
    },
  ]);
  expect(started).toEqual([]);
});

test('a failed deployment starts the same rollback as its event', async () => {
  const { observed, started } = await sweep([{ ...DEPLOYMENT, state: 'failed' }]);
  expect(observed).toEqual([]);
  expect(started).toMatchObject([
    { target: 'ecs:prod/checkout', trigger: { type: 'deployment', id: 'd-1', deployment: 'd-1' } },
  ]);
});

test('a stalled deployment starts the same rollback as a hint', async () => {
  const { observed, started } = await sweep([{ ...DEPLOYMENT, state: 'stalled' }]);
  expect(observed).toEqual([]);
  expect(started).toMatchObject([
    {
      target: 'ecs:prod/checkout',
      reason: 'deployment d-1 cannot progress: done',
      trigger: { type: 'deployment', sign: 'stalled', id: 'd-1 stalled', deployment: 'd-1' },
    },
  ]);
});

test('a started deployment is left alone', async () => {
  expect(await sweep([{ ...DEPLOYMENT, state: 'started' }])).toEqual({
    observed: [],
    started: [],
    error: null,
  });
});

test('a kind that fails, or a deployment that cannot be read, does not stop the others', async () => {
  const broken = await sweep(new Error('AWS does not answer'), [DEPLOYMENT]);
  expect(broken).toMatchObject({
    observed: [{ deployment: 'd-1' }],
    error: { message: 'AWS does not answer' },
  });
  const unread = await sweep([{ ...DEPLOYMENT, target: 'nonsense' }, DEPLOYMENT]);
  expect(unread.observed).toHaveLength(1);
  expect(unread.error).toBeInstanceOf(InvalidRequest);
});
