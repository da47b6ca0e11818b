import type { InstanceRefresh } from '@aws-sdk/client-auto-scaling';
import { expect, it } from 'vitest';
import { toRefresh } from '../../../../functions/mechanisms/asg/from-aws.ts';
import type { Results } from '../../../../functions/mechanisms/asg/results.ts';
import { refreshed } from '../../../../functions/mechanisms/asg/rollouts.ts';

const NOW = '2026-11-22T03:00:00.000Z';

/** Says whether a refresh of so many instances takes every one out of service. */
function takesAll(instances: number, refresh: InstanceRefresh): boolean | undefined {
  const known = {
    refreshes: [toRefresh({ Status: 'Successful', ...refresh })],
    group: { instances: Array.from({ length: instances }, () => ({ revision: 'lt-1/1' })) },
    ...{ saved: 'lt-1/1', desired: null, versions: new Map(), launches: [] },
  } as unknown as Results;
  return refreshed(known, NOW)[0]?.takesAll;
}

it('a refresh takes every instance where it replaces the only one or its root volume, or keeps none', () => {
  const roots = { Strategy: 'ReplaceRootVolume' } as const;
  expect(takesAll(1, roots)).toBe(true);
  expect(takesAll(2, roots)).toBeUndefined();
  expect(takesAll(1, {})).toBe(true);
  expect(takesAll(2, {})).toBeUndefined();
  expect(
    takesAll(1, { Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 } }),
  ).toBeUndefined();
  expect(takesAll(1, { ...roots, Preferences: { MaxHealthyPercentage: 200 } })).toBe(true);
  expect(takesAll(2, { Preferences: { MinHealthyPercentage: 0 } })).toBe(true);
});
