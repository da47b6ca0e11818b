import { describe, expect, test } from 'vitest';
import { toJson, toText } from '../../../scripts/lastgood/list/text.ts';
import type { Runs } from '../../../src/rollback/runs.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { UnderWay } from '../../../src/ledger/under-way.ts';

const AT = '2026-11-22T03:00:00.000Z';
const revision = (number: number) => ({ id: `r${number}`, name: `checkout:${number}` });
const proven = (number: number): Entry => ({
  state: 'proven',
  target: 'ecs:prod/checkout',
  revision: revision(number),
  completedAt: AT,
  provenAt: AT,
  evidence: [],
});
const condemned = (number: number): Entry => ({
  ...{ state: 'condemned', target: 'ecs:prod/checkout', revision: revision(number) },
  ...{ condemnedAt: AT, evidence: [], execution: 'arn' },
});
const listed = (runs: Runs | null, entries: readonly Entry[] = [], underWay: UnderWay | null = null) => ({
  target: 'ecs:prod/checkout',
  entries,
  runs,
  underWay,
  halfDone: null,
  freeze: null,
});
const runsAs = (state: NonNullable<Runs['newest']>['state']): Runs => ({
  at: AT,
  newest: { state, startedAt: AT, revision: revision(3) },
  revision: state === 'completed' ? revision(3) : null,
  back: revision(1),
  tag: 'auto',
});

describe('the list', () => {
  test.each([
    [null, [], 'not known  not known  nothing proven'],
    [runsAs('completed'), [proven(3), proven(1)], 'auto  checkout:3  checkout:3, proven 2026-11-22 03:00'],
    [
      runsAs('completed'),
      [condemned(2), proven(2), proven(1)],
      'auto  checkout:3  checkout:1, proven 2026-11-22 03:00',
    ],
    [runsAs('in-flight'), [], 'auto  checkout:3 in flight  nothing proven; would go back to checkout:1'],
    [
      runsAs('rolling-back'),
      [],
      'auto  checkout:3 being rolled back by AWS  nothing proven; would go back to',
    ],
    [
      runsAs('failed'),
      [],
      'auto  not known (checkout:3 failed)  nothing proven; would go back to checkout:1',
    ],
    [
      { ...runsAs('completed'), tag: null },
      [],
      'none  checkout:3  nothing proven; would go back to checkout:1',
    ],
  ])('shows %j', (runs, entries, line) => {
    expect(toText([listed(runs, entries)]).replaceAll(/ {3,}/g, '  ')).toContain(
      `ecs:prod/checkout  ${line}`,
    );
  });

  test('calls the newest proven revision last known good, but one that a rollback goes back from', () => {
    const json = (underWay: UnderWay | null) =>
      toJson(listed(runsAs('completed'), [proven(3), proven(1)], underWay));
    expect(json(null)).toMatchObject({ lastKnownGood: revision(3), wouldGoBackTo: revision(1), tag: 'auto' });
    expect(json('goes-on')).toMatchObject({ lastKnownGood: revision(1), wouldGoBackTo: revision(1) });
    const unproven = toJson(listed(runsAs('completed'), [proven(3)], 'answer'));
    expect(unproven).toMatchObject({ lastKnownGood: null });
    expect(toJson(listed(null, [proven(3)], 'answer'))).toMatchObject({ lastKnownGood: revision(3) });
  });

  test.each([
    ['goes-on', 'checkout:3, being rolled back', { isBeingRolledBack: true, waitsFor: null }],
    [
      'answer',
      'checkout:3, a rollback waits for an answer',
      { isBeingRolledBack: false, waitsFor: 'answer' },
    ],
    ['pause', 'checkout:3, a rollback is paused', { isBeingRolledBack: false, waitsFor: 'pause' }],
  ] as const)('says how far a rollback is: %s', (underWay, text, json) => {
    expect(toText([listed(runsAs('completed'), [], underWay)])).toContain(text);
    expect(toJson(listed(null, [], underWay))).toMatchObject({ ...json, runs: null });
  });
});

test.each([
  ['', /^There is no target: nothing is tagged/],
  ['ECS', /^No target begins with "ECS"/],
])('an empty list says why, with the prefix %j', (prefix, says) => {
  expect(toText([], prefix)).toMatch(says);
});
