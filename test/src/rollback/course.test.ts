import { describe, expect, test } from 'vitest';
import { courseOf, isFit, isSame, isThere } from '../../../src/rollback/course.ts';
import { broughtBack, broughtNothing, neverRan, supersededNote } from '../../../src/rollback/needless.ts';
import { onsetFor } from '../../../src/rollback/onset.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { ALARM, at, BY_ALARM, BY_DEPLOYMENT, BY_HAND } from './judge-facts.ts';

function deployed(name: string, from: string, more: Partial<Deployment> = {}): Deployment {
  const revision = { id: name, name };
  const finishedAt = at(`${from.slice(0, 4)}9`);
  const known = { id: `d-${name}`, startedAt: at(from), finishedAt, revision, content: name };
  return { ...known, state: 'completed', isRollback: false, ...more };
}

const v1 = deployed('v1', '01:00');
const v2 = deployed('v2', '03:00');
const back = deployed('back', '03:10', { revision: v1.revision, content: 'v1' });
const fix = deployed('fix', '03:10');
const onset = { at: at('03:02'), until: at('03:03') };
const byAlarm: Request = { ...BY_ALARM, trigger: { ...ALARM, onset } };
const named = (revision: Deployment) => ({ ...revision.revision, content: revision.content });
const course = (request: Request, ...recent: readonly Deployment[]) => courseOf({ request }, recent);

describe('the course of a target', () => {
  test('has what took traffic at the onset for its suspect, and what came since', () => {
    expect(course(byAlarm, fix, v2, v1)).toEqual({ suspect: v2, current: fix, isSuperseded: true });
    expect(course(byAlarm, v2, v1)).toEqual({ suspect: v2, current: v2, isSuperseded: false });
  });

  test('goes by the onset that the judge found', () => {
    const since = { at: at('01:02'), until: at('01:03') };
    const looked = { request: BY_ALARM, verdict: { since } };
    expect(onsetFor(looked)).toEqual(since);
    expect(courseOf(looked, [v2, v1]).suspect).toEqual(v1);
  });

  test('takes the newest where all began after the onset, and none where there is none', () => {
    expect(course(byAlarm, fix)).toEqual({ suspect: fix, current: fix, isSuperseded: false });
    expect(course(byAlarm)).toEqual({ suspect: null, current: null, isSuperseded: false });
  });

  test('takes the deployment that failed, where the list knows it', () => {
    const failed = { ...v2, id: 'ecs-svc/42', state: 'failed' } as const;
    expect(course(BY_DEPLOYMENT, fix, failed, v1)).toMatchObject({ suspect: failed, isSuperseded: true });
    expect(course(BY_DEPLOYMENT, fix, v2, v1).suspect).toEqual(fix);
  });

  test('takes the newest that is still there where a person asks', () => {
    const gone = { ...fix, state: 'failed' } as const;
    expect(course(BY_HAND, gone, v2, v1).suspect).toEqual(v2);
    expect(course(BY_HAND, { ...gone, remains: true }, v2, v1).suspect?.id).toBe('d-fix');
    expect(course(BY_HAND, gone)).toEqual({ suspect: null, current: null, isSuperseded: false });
  });

  test('is not superseded by what failed or is taken back', () => {
    const failed = { ...fix, state: 'failed', remains: true } as const;
    for (const newest of [failed, { ...fix, state: 'rolling-back' } as const])
      expect(course(byAlarm, newest, v2, v1)).toEqual({ suspect: v2, current: v2, isSuperseded: false });
  });
});

test('two revisions are the same by id or by content', () => {
  expect(isSame({ id: 'a' }, { id: 'a' })).toBe(true);
  expect(isSame({ id: 'a', content: 'x' }, { id: 'b', content: 'x' })).toBe(true);
  expect(isSame({ id: 'a' }, { id: 'b' })).toBe(false);
  expect(isSame({ id: 'a', content: 'x' }, { id: 'b', content: 'y' })).toBe(false);
});

describe('a revision to go back to', () => {
  const fit = (id: string, content?: string, bad: string[] = []) =>
    isFit(
      { id, content },
      { suspect: v2 },
      [fix, v2, v1],
      bad.map((one) => ({ id: one, content: `content of ${one}` })),
    );

  test('is not the suspect, under any id', () => {
    expect([fit('v1', 'v1'), fit('v2'), fit('other', 'v2')]).toEqual([true, false, false]);
  });

  test('is not condemned, under any id', () => {
    expect(fit('v1', 'v1', ['v1'])).toBe(false);
    expect(fit('again', 'content of v0', ['v0'])).toBe(false);
  });

  test('is not newer than the suspect, by its content or else by its id', () => {
    expect([fit('fix', 'fix'), fit('other', 'fix'), fit('fix')]).toEqual([false, false, false]);
    expect([fit('v1'), fit('v0'), fit('v0', 'v0')]).toEqual([true, true, true]);
  });

  test('may be any where nothing is suspected', () => {
    expect(isFit({ id: 'v2' }, { suspect: null }, [], [])).toBe(true);
  });
});

describe('nothing to go back from', () => {
  const good = [named(v1)];

  test('is where the good revision is back, or on its way', () => {
    const on = (current: Deployment) => broughtBack(course(byAlarm, current, v2, v1), good);
    expect(on(back)).toBe('v1 is back already: it replaced v2');
    expect(on({ ...back, state: 'in-flight' })).toBe('v1 is being brought back already: it replaces v2');
    const again = { ...back, revision: { id: 'v3', name: 'v3' } };
    expect(on(again)).toBe('v3, which is v1 under another name, is back already: it replaced v2');
  });

  test('is not where a fix came, or nothing', () => {
    expect(broughtBack(course(byAlarm, fix, v2, v1), good)).toBeNull();
    expect(broughtBack(course(byAlarm, v2, v1), good)).toBeNull();
    expect(broughtBack(course(byAlarm), good)).toBeNull();
  });

  test('is where the suspect failed and nothing of it runs', () => {
    const failed = { ...v2, state: 'failed', finishedAt: at('03:09') } as const;
    const reason = 'the deployment of v2 failed, and only v1 runs';
    expect(neverRan(course(byAlarm, failed, v1))).toBe(reason);
    expect(neverRan(course(byAlarm, { ...failed, isCancelled: true }, v1))).toMatch(
      /^the deployment of v2 was stopped/,
    );
    expect(neverRan(course(byAlarm, { ...failed, remains: true }, v1))).toBeNull();
    expect(neverRan(course(byAlarm))).toBeNull();
    expect(isThere(failed)).toBe(false);
  });

  test('is where a proven revision, or the only one, was deployed again', () => {
    const again = { ...v1, id: 'again', startedAt: at('03:00') };
    const found = (proven: Deployment[], fits: Deployment[], ...recent: readonly Deployment[]) =>
      broughtNothing(course(byAlarm, ...recent), recent, proven.map(named), fits.map(named));
    const reason = 'v1 was only deployed again over itself, so there is nothing to go back from';
    expect(found([v1], [v2], again, v1)).toBe(reason);
    expect(found([], [], again, v1)).toBe(reason);
    expect(found([], [v2], again, v1)).toBeNull();
    expect(found([v1], [], v2, v1)).toBeNull();
    expect(found([v1], [], { ...again, isRollback: true }, v1)).toBeNull();
    expect(found([v1], [])).toBeNull();
    const gone = { ...deployed('gone', '02:00'), state: 'failed' } as const;
    expect(found([v1], [], again, gone, v1)).toBe(reason);
  });
});

test('a way back from a fix says what it is, any other says nothing', () => {
  expect(supersededNote(course(byAlarm, fix, v2, v1))).toEqual([
    'v2 ran when the harm began; fix was deployed since then and may be the fix',
  ]);
  expect(supersededNote(course(byAlarm, v2, v1))).toEqual([]);
  expect(supersededNote(course(byAlarm))).toEqual([]);
});
