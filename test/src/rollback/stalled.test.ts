import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/rollback/judge.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { failuresToStall, prospectOf, type Progress } from '../../../src/rollback/progress.ts';
import { readRequest, type Request } from '../../../src/rollback/request.ts';
import * as given from './judge-facts.ts';

const PROGRESS: Progress = {
  of: 'tasks',
  wanted: 4,
  up: 0,
  failed: 5,
  enough: 3,
  retried: true,
  failingSeconds: 120,
  others: 4,
  because: 'CannotPullContainerError: not found',
};

const STALLED: Request = {
  target: given.TARGET,
  reason: 'deployment ecs-svc/42 cannot progress',
  trigger: {
    type: 'deployment',
    sign: 'stalled',
    id: 'ecs-svc/42 stalled',
    at: given.at('03:04'),
    deployment: 'ecs-svc/42',
  },
};

function verdictOn(deployment: Partial<Deployment> | null, request = STALLED) {
  const plan =
    deployment === null
      ? given.withoutDeployment()
      : given.planOf(undefined, { deployment: { ...given.DEPLOYMENT, ...deployment } });
  const { verdict, reasons } = judge(given.facts({ request, plan }), given.NOW);
  return [verdict, reasons.join(' ')] as const;
}

const after = (changed: Partial<Progress>) => verdictOn({ progress: { ...PROGRESS, ...changed } });

describe('a deployment that is said to have stalled', () => {
  test('is gone back from where tasks failed again and none came up, with the numbers and the last failure', () => {
    expect(after({})).toEqual([
      'act',
      'The deployment of checkout:42 cannot progress: 5 tasks of checkout:42 failed and none of 4 came up; 4 still run the revision before. AWS says of the last one: CannotPullContainerError: not found.',
    ]);
  });

  test('is gone back from as well where nothing else runs any more', () => {
    expect(after({ others: 0, because: '' })).toEqual([
      'act',
      expect.stringContaining('none of 4 came up; nothing else runs.'),
    ]);
  });

  test.each([
    ['one came up', { up: 1 }, 'skip', '1 of 4 tasks of checkout:42 have come up, so the others may.'],
    [
      'too few failed',
      { failed: 2 },
      'skip',
      '2 tasks of checkout:42 failed, which is too little evidence that its deployment cannot progress.',
    ],
    ['all failed at the first try', { retried: false }, 'skip', 'too little evidence'],
    ['all failed within a blip', { failingSeconds: 74 }, 'skip', 'too little evidence'],
    [
      'AWS cannot place any',
      { unplaced: true, retried: false, because: 'no room' } as const,
      'ask',
      'AWS cannot place tasks of checkout:42, possibly for lack of capacity; 4 still run the revision before. AWS says of the last one: no room.',
    ],
  ])('is not gone back from where %s', (_why, changed, verdict, says) => {
    expect(after(changed)).toEqual([verdict, expect.stringContaining(says)]);
  });

  test('asks where it only restarts what ran: that it fails says nothing against it', () => {
    expect(verdictOn({ progress: PROGRESS, changes: [] })).toEqual([
      'ask',
      expect.stringContaining('its deployment changes nothing'),
    ]);
    expect(verdictOn({ progress: PROGRESS, changes: ['image of app: 1 → 2'] })[0]).toBe('act');
  });

  test('asks where nothing is known of its progress', () => {
    expect(verdictOn({})).toEqual(['ask', 'How far the deployment of checkout:42 has come is unknown.']);
  });

  test.each([
    ['there is none', null],
    ['it is over', { state: 'completed', finishedAt: given.at('03:03') }],
    ['it failed', { state: 'failed', finishedAt: given.at('03:03') }],
  ] as const)('is skipped where %s, because what runs already is not its fault', (_why, deployment) => {
    expect(verdictOn(deployment)).toEqual([
      'skip',
      'ecs:prod/checkout has no deployment in flight. The failures belong to the revision that already runs, and going back would not mend them.',
    ]);
  });

  test('is skipped where a newer one began after that', () => {
    expect(verdictOn({ startedAt: given.at('03:05'), progress: PROGRESS })).toEqual([
      'skip',
      'The deployment of checkout:42 began after deployment ecs-svc/42 had stalled.',
    ]);
  });
});

test('a deployment that failed is judged as ever, with its sign or without', () => {
  const { trigger } = given.BY_DEPLOYMENT;
  const signed = readRequest({ ...given.BY_DEPLOYMENT, trigger: { ...trigger, sign: 'failed' } });
  expect(verdictOn({}, signed)).toEqual(verdictOn({}, given.BY_DEPLOYMENT));
  expect(verdictOn({}, signed)[0]).toBe('act');
});

test('a sign that is none is refused', () => {
  const request = { ...STALLED, trigger: { ...STALLED.trigger, sign: 'slow' } };
  expect(() => readRequest(request)).toThrow(/request.trigger.sign/);
});

test.each([
  [0, 3],
  [1, 3],
  [6, 3],
  [7, 4],
  [12, 6],
  [400, 50],
])('of %i wanted, %i failures stall a deployment', (wanted, failures) => {
  expect(failuresToStall(wanted)).toBe(failures);
});

test('more that came up and fewer that failed never make the verdict milder', () => {
  const count = fc.integer({ min: 0, max: 150 });
  const progress = fc.record({
    ...{ of: fc.constant('tasks' as const), wanted: count, up: count, failed: count, enough: count },
    ...{ retried: fc.boolean(), failingSeconds: count, others: count, because: fc.constant('') },
  });
  const milder = ['act', 'ask', 'observe', 'skip'];
  const strictness = (one: Progress) => milder.indexOf(verdictOn({ progress: one })[0]);
  fc.assert(
    fc.property(progress, count, count, (one, more, fewer) => {
      const better = { ...one, up: one.up + more, failed: Math.max(0, one.failed - fewer) };
      expect(strictness(better)).toBeGreaterThanOrEqual(strictness(one));
      if (one.up > 0) expect(prospectOf(one)).toBe('progressing');
    }),
  );
});
