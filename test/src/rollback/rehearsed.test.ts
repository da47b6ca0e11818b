import { expect, test } from 'vitest';
import { rehearsalDuring, withRehearsals } from '../../../src/rollback/rehearsed.ts';
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
