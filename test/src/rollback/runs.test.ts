import { expect, test } from 'vitest';
import { runsOf } from '../../../src/rollback/runs.ts';
import { BAD, DEPLOYMENT, GOOD, NOW, omit, planOf, without } from './judge-facts.ts';

const newest = { state: 'in-flight', startedAt: DEPLOYMENT.startedAt, revision: BAD };

test('what is rolled out is the newest, and what runs is not known', () => {
  expect(runsOf(planOf())).toEqual({ at: NOW, newest, revision: null, back: GOOD, tag: 'auto' });
});

test('what completed runs, unless the plan says that something else does', () => {
  const deployment = { ...DEPLOYMENT, state: 'completed' } as const;
  expect(runsOf(planOf({}, { deployment }))).toMatchObject({ revision: BAD, tag: null });
  expect(runsOf(planOf({}, { deployment, runs: GOOD }))).toMatchObject({ revision: GOOD });
});

test('without a deployment and without a way back both are null', () => {
  const none = omit(without('no-way-back', 'None.'), 'deployment');
  expect(runsOf(none)).toEqual({ at: NOW, newest: null, revision: null, back: null, tag: 'auto' });
});

test('a stop by a person stays known as one', () => {
  const deployment = { ...DEPLOYMENT, state: 'failed', isCancelled: true } as const;
  expect(runsOf(planOf({}, { deployment })).newest).toEqual({
    ...newest,
    state: 'failed',
    isCancelled: true,
  });
});
