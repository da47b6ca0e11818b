import { expect, test } from 'vitest';
import {
  isPutBy,
  isSameRevision,
  openRehearsal,
  rehearsalDuring,
  waysOf,
  withRehearsals,
} from '../../../src/rollback/rehearsed.ts';
import type { Earlier } from '../../../src/rollback/earlier.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import * as given from './judge-facts.ts';

const back = { ...given.EARLIER, automatic: false, rehearsal: 'back' as const };
const during: Deployment = {
  ...given.DEPLOYMENT,
  state: 'completed',
  startedAt: given.at('02:21'),
  finishedAt: given.at('02:25'),
  content: '41',
};
const before: Deployment = {
  ...during,
  id: 'before',
  startedAt: given.at('01:00'),
  finishedAt: given.at('01:01'),
};

test('finds the rehearsal during which a deployment ran', () => {
  expect(rehearsalDuring(during, [back])).toBe(back);
  expect(rehearsalDuring(before, [back])).toBeNull();
  expect(rehearsalDuring({ ...during, startedAt: given.at('02:31') }, [back])).toBeNull();
  // A sight of the sweep counts as a beginning a minute earlier.
  expect(rehearsalDuring({ ...during, startedAt: given.at('02:19') }, [back])).toBe(back);
  const open = given.omit(back, 'ended');
  expect(rehearsalDuring({ ...during, startedAt: given.at('02:31') }, [open])).toBe(open);
  expect(rehearsalDuring(given.omit(during, 'finishedAt'), [back])).toBe(back);
  expect(rehearsalDuring(during, [given.EARLIER])).toBeNull();
});

test('marks the deployments of a rehearsal, and no release that came during one', () => {
  const marked = { ...during, isRehearsal: true };
  const plan = given.planOf({}, { deployment: during, recent: [during, before] });
  expect(withRehearsals(plan, [back])).toEqual({ ...plan, deployment: marked, recent: [marked, before] });
  expect(withRehearsals(plan, [])).toBe(plan);
  const release = { ...during, content: '43' };
  const released = given.planOf({}, { deployment: release, recent: [release, before] });
  expect(withRehearsals(released, [back])).toEqual(released);
  const unknown = given.omit({ ...during, isRollback: true }, 'content');
  expect(withRehearsals(given.planOf({}, { deployment: unknown }), [back]).deployment).toEqual({
    ...unknown,
    isRollback: false,
    isRehearsal: true,
  });
  expect(withRehearsals(given.withoutDeployment(), [back])).toEqual(given.withoutDeployment());
});

const forward = (changed: Partial<Earlier> = {}): Earlier => ({
  ...{ ...back, execution: 'execution-1', rehearsal: 'forward', after: back.execution },
  ...changed,
});

test('finds the way back that nothing has ended', () => {
  const failed = forward({ ended: { at: given.at('02:30'), as: 'failed-dirty' } });
  const skipped = forward({ ended: { at: given.at('02:30'), as: 'skipped' } });
  for (const earlier of [[back], [failed, back], [skipped, back]]) expect(openRehearsal(earlier)).toBe(back);
  const overtaken: Earlier = { ...back, isOvertaken: true };
  const none = [
    [],
    [skipped],
    [forward(), back],
    [given.EARLIER, back],
    [forward({ ...failed, after: 'older' }), back],
    [overtaken],
    [{ ...failed, isOvertaken: true as const }, back],
  ];
  for (const earlier of none) expect(openRehearsal(earlier)).toBeNull();
  expect(waysOf(back, [forward(), skipped, back, given.EARLIER])).toEqual([forward(), back]);
});

test('knows what a rehearsal put on its target', () => {
  const to = { id: 'blue=1@a since 2026-11-22T01:00:00.000Z', content: '41' };
  const named: Earlier = { ...back, to, deployment: 'its own' };
  const other = { ...during, content: '43' };
  expect(isPutBy(other, [named])).toBe(false);
  expect(isPutBy({ ...other, id: 'its own' }, [named])).toBe(true);
  expect(isPutBy(during, [named])).toBe(true);
  const seenLater = { id: 'blue=1@a since 2026-11-22T02:25:00.000Z', name: 'blue' };
  expect(isPutBy({ ...other, revision: seenLater }, [named])).toBe(true);
  expect(isPutBy({ ...during, startedAt: given.at('02:31') }, [named])).toBe(false);
  // Without a report it may have put anything there.
  expect(isPutBy(other, [given.omit(back, 'ended')])).toBe(true);
  expect(isSameRevision({ id: 'a' }, { id: 'b' })).toBe(false);
});
