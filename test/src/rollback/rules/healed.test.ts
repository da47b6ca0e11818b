import { describe, expect, test } from 'vitest';
import type { Earlier } from '../../../../src/rollback/earlier.ts';
import type { StateChange } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import { at, EARLIER, facts, found, NOW, omit, planOf, turned } from '../judge-facts.ts';

/** A rollback ended the harm of an earlier release: the alarm was red from 02:19 to 02:27. */
const HEALED: Earlier = { ...EARLIER, triggeredAt: at('02:19') };
const RED = [turned('02:19', 'OK', 'ALARM'), turned('02:27', 'ALARM', 'OK')];
const plan = planOf({ lastgood: 'auto', 'lastgood:cooldown': '0' });
const reasonsAfter = (earlier: Earlier, changes: readonly StateChange[] = RED) => {
  const history = found([...changes, turned('03:04', 'OK', 'ALARM')]);
  const { verdict, reasons } = judge(facts({ plan, history, earlier: [earlier] }), NOW);
  return [verdict, ...reasons].join(' ');
};

describe('the red time that an earlier rollback ended', () => {
  test('is no flapping: it was of the release that was rolled back', () => {
    expect(reasonsAfter(HEALED)).toMatch(/^act .*Alarm checkout-5xx was quiet before the deployment began/);
  });

  test('is none either where another alarm turned first, or within the same minute', () => {
    const shifted = (clock: string) => reasonsAfter({ ...HEALED, triggeredAt: at(clock) });
    expect(shifted('02:18')).toMatch(/^act /);
    expect(shifted('02:19')).toMatch(/^act /);
    expect(reasonsAfter(HEALED, [turned('02:18', 'OK', 'ALARM'), turned('02:27', 'ALARM', 'OK')])).toMatch(
      /^ask .*may be flapping/,
    );
  });

  test.each<[string, Earlier, readonly StateChange[]]>([
    ['was red before that', HEALED, [turned('02:10', 'OK', 'ALARM'), turned('02:27', 'ALARM', 'OK')]],
    ['was red after its end', HEALED, [turned('02:19', 'OK', 'ALARM'), turned('02:31', 'ALARM', 'OK')]],
    ['turned twice in it', HEALED, [...RED, turned('02:28', 'OK', 'ALARM'), turned('02:29', 'ALARM', 'OK')]],
    ['flaps besides', HEALED, [...RED, turned('02:45', 'OK', 'ALARM'), turned('02:46', 'ALARM', 'OK')]],
    ['was not healed by it', { ...HEALED, ended: { at: at('02:30'), as: 'failed-dirty' } }, RED],
    ['was healed by none that ended', omit(HEALED, 'ended'), RED],
    ['was healed by one without a trigger', EARLIER, RED],
    ['was red in a rehearsal', { ...HEALED, rehearsal: 'back' }, RED],
  ])('still counts for an alarm that %s', (_what, earlier, changes) => {
    expect(reasonsAfter(earlier, changes)).toMatch(/^ask .*may be flapping/);
  });
});
