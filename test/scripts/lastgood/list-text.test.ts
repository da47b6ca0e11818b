import { describe, expect, test } from 'vitest';
import { toJson, toText } from '../../../scripts/lastgood/list/text.ts';
import type { Runs } from '../../../src/rollback/runs.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';

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
const listed = (runs: Runs | null, entries: readonly Entry[] = [], isRunning = false) => ({
  target: 'ecs:prod/checkout',
  entries,
  runs,
  isRunning,
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
    [runsAs('completed'), [proven(2), proven(1)], 'auto  checkout:3  checkout:1, proven 2026-11-22 03:00'],
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

  test('never calls a proven revision last known good if a rollback would not go back to it', () => {
    const json = toJson(listed({ ...runsAs('completed'), back: revision(1) }, [proven(3)]));
    expect(json).toMatchObject({ lastKnownGood: null, wouldGoBackTo: revision(1), tag: 'auto' });
  });

  test('marks a target that is being rolled back', () => {
    expect(toText([listed(runsAs('completed'), [], true)])).toContain('checkout:3, being rolled back');
    expect(toJson(listed(null, [], true))).toMatchObject({ isBeingRolledBack: true, runs: null });
  });
});

test.each([
  ['', /^There is no target: nothing is tagged/],
  ['ECS', /^No target begins with "ECS"/],
])('an empty list says why, with the prefix %j', (prefix, says) => {
  expect(toText([], prefix)).toMatch(says);
});
