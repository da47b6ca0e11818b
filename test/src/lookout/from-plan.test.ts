import { describe, expect, it } from 'vitest';
import type { Followed } from '../../../src/lookout/document.ts';
import { sidesFrom, type Planned } from '../../../src/lookout/from-plan.ts';
import type { Deployment, Meter } from '../../../src/rollback/plan.ts';
import { at, followed, NEWER, OLDER, sides, START, TARGET } from './followed.ts';

const TAGS = { lastgood: 'auto', 'lastgood:lookout': 'act' };
const before: Deployment = {
  id: 'deployment/1',
  state: 'completed',
  startedAt: at(-86_400),
  finishedAt: at(-86_000),
  revision: OLDER,
  content: 'one',
  isRollback: false,
};
const newest: Deployment = {
  id: 'deployment/2',
  state: 'in-flight',
  startedAt: START,
  revision: NEWER,
  content: 'two',
  isRollback: false,
};
const meter = (metric: Meter['metric'], revision?: string): Meter => ({
  ...{ metric, namespace: 'AWS/ApplicationELB', name: metric, stat: 'Sum', dimensions: {} },
  ...(revision !== undefined && { revision }),
});

const plan = (more: Partial<Planned> = {}): Planned => ({
  tags: TAGS,
  recent: [newest, before],
  meters: [
    ...[meter('requests'), meter('requests', NEWER.id), meter('errors', OLDER.id)],
    ...[meter('latency', 'revision/0'), meter('cpu')],
  ],
  ...more,
});
const changed = (more: Partial<Deployment>, older: readonly Deployment[] = [before]) =>
  plan({ recent: [{ ...newest, ...more }, ...older] });

/** The document of a lookout that has just begun. */
const first = (): Followed => ({ kind: 'ecs', target: TARGET, deployment: 'ecs-svc/2', startedAt: START });
const from = (of: Planned, document = first()) =>
  sidesFrom(of, document, ({ id }) => ({ groups: [`group of ${id}`], wanted: 4 }));

describe('a deployment has sides', () => {
  it('the newest, and the last that ran before', () => {
    expect(from(plan())).toEqual({
      state: 'sides',
      deployment: 'deployment/2',
      startedAt: START,
      newer: { revision: NEWER, groups: ['group of revision/2'], wanted: 4 },
      older: { revision: OLDER, groups: ['group of revision/1'], wanted: 4 },
      meters: [meter('requests'), meter('requests', NEWER.id), meter('errors', OLDER.id)],
      tags: TAGS,
    });
  });

  it('also after it completed', () => {
    const answer = from(changed({ state: 'completed', finishedAt: at(300) }));
    expect(answer).toMatchObject({ state: 'sides', finishedAt: at(300) });
  });

  it('which name the release that it was deployed over, if that may still hurt', () => {
    const release: Deployment = {
      ...before,
      ...{ id: 'deployment/x', revision: { id: 'revision/x', name: 'checkout:x' }, content: 'x' },
    };
    const over = (more: Partial<Deployment>) => {
      const answer = from(changed({}, [{ ...release, ...more }, before]));
      return answer.state === 'sides' ? answer.over?.name : answer.reason;
    };
    expect(over({ state: 'failed', remains: true, startedAt: at(-90) })).toBe('checkout:x');
    expect(over({ startedAt: at(-500), finishedAt: at(-300) })).toBe('checkout:x');
    expect(over({ startedAt: at(-500), finishedAt: at(-300), isProven: true })).toBeUndefined();
    expect(over({ startedAt: at(-700), finishedAt: at(-300) })).toBeUndefined();
    expect(over({ startedAt: at(-500), finishedAt: at(-300), isRollback: true })).toBeUndefined();
    expect(over({ state: 'failed', startedAt: at(-90) })).toBeUndefined();
  });

  it('of which the older one is not a deployment that failed', () => {
    const failed: Deployment = {
      ...before,
      id: 'deployment/x',
      state: 'failed',
      revision: { id: 'revision/x', name: 'checkout:x' },
      content: 'x',
      startedAt: at(-600),
    };
    expect(from(changed({}, [failed, before]))).toMatchObject({ older: { revision: OLDER } });
  });

  it('where AWS itself names the revision before', () => {
    const answer = sidesFrom(changed({}, []), first(), () => ({ groups: [] }), OLDER);
    expect(answer).toMatchObject({ state: 'sides', older: { revision: OLDER } });
  });
});

describe('there is nothing to follow', () => {
  it.each<[string, Planned, RegExp]>([
    ['without the tag lastgood', plan({ tags: { 'lastgood:lookout': 'act' } }), /no tag lastgood\.$/],
    ['without the tag lastgood:lookout', plan({ tags: { lastgood: 'auto' } }), /no tag lastgood:lookout/],
    ['where it is off', plan({ tags: { ...TAGS, 'lastgood:lookout': 'off' } }), /no tag lastgood:lookout/],
    ['without a deployment', plan({ recent: [] }), /shows no deployment/],
    ['of a first deployment', changed({}, []), /is the first that is known/],
    ['of one that failed', changed({ state: 'failed' }), /failed, as AWS reports/],
    ['of one that AWS rolls back', changed({ state: 'rolling-back' }), /rolls .* back natively/],
    ['of a native way back', changed({ isRollback: true }), /is a way back/],
    ['of one that is proven', changed({ state: 'completed', isProven: true }), /is proven/],
    ['of a restart', changed({ content: 'one' }), /this is a restart/],
    [
      'of a much older one',
      changed({ id: 'deployment/0', startedAt: at(-3600) }),
      /is not the one that began/,
    ],
  ])('%s', (_, of, says) => {
    const answer = from(of);
    expect(answer).toMatchObject({ state: 'none', reason: expect.stringMatching(says) as unknown });
  });

  it('yet, where AWS lists only an earlier deployment or none', () => {
    const earlier = changed({ id: 'deployment/0', startedAt: at(-3600), isProven: true });
    for (const of of [earlier, plan({ recent: [] })]) expect(from(of)).toHaveProperty('isEarly', true);
    expect(from(changed({ isProven: true }))).not.toHaveProperty('isEarly');
  });

  it('of a way back that puts an earlier revision in place of the last one', () => {
    const bad: Deployment = {
      ...newest,
      id: 'deployment/bad',
      state: 'completed',
      startedAt: at(-600),
      finishedAt: at(-300),
    };
    const back = { ...newest, id: 'deployment/back', revision: OLDER, content: 'one' };
    const answer = from(plan({ recent: [back, bad, before] }));
    expect(answer).toMatchObject({ state: 'none', reason: 'checkout:1 is a way back.' });
  });

  it('once another deployment has taken its place', () => {
    const answer = from(changed({ id: 'deployment/3', startedAt: at(60) }), followed({ sides: sides() }));
    expect(answer).toMatchObject({
      state: 'none',
      reason: expect.stringMatching(/by another deployment since/) as unknown,
    });
  });
});

it('a canary is the same deployment after each of its steps, which change its id', () => {
  const answer = from(changed({ id: 'deployment/2 at 50 %' }), followed({ sides: sides() }));
  expect(answer).toMatchObject({ state: 'sides', deployment: 'deployment/2 at 50 %' });
});

it('an event that comes late still names its deployment', () => {
  const late = { ...first(), deployment: 'deployment/2', startedAt: at(1800) };
  expect(from(plan(), late)).toMatchObject({ state: 'sides' });
});
