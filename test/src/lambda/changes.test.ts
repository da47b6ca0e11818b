import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planHash } from '../../../src/approvals/plan-hash.ts';
import { WITHIN_MS, withChanges } from '../../../src/lambda/changes.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import type { Traits } from '../../../src/rollback/traits.ts';

const plan: Ready = {
  state: 'ready',
  at: '2026-11-22T03:00:00.000Z',
  tags: {},
  watch: { targetGroups: [], alarms: [], probes: [] },
  source: 'ledger',
  from: { id: 'two', name: 'two' },
  to: { id: 'one', name: 'one' },
  fromTags: {},
  rungs: [{ name: 'redeploy', does: 'deploys it again', withinSeconds: 60 }],
  memo: null,
};
const traits: Readonly<Record<string, Traits>> = {
  two: { image: { shown: 'shop:2' } },
  one: { image: { shown: 'shop:1' } },
};

describe('a plan with its changes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('lists them, and is the same plan otherwise', async () => {
    const changed = await withChanges(plan, ({ id }) => Promise.resolve(traits[id] ?? null));
    const deploys = [{ by: 'image', id: 'shop:2', name: 'shop:2' }];
    expect(changed).toEqual({ ...plan, changes: ['image: shop:2 → shop:1'], deploys });
    expect(planHash(changed)).toBe(planHash(plan));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is unchanged if one revision is not known', async () => {
    expect(await withChanges(plan, ({ id }) => Promise.resolve(id === 'one' ? {} : null))).toEqual(plan);
  });

  it.each([
    ['reading fails', () => Promise.reject(new Error('AccessDeniedException'))],
    [
      'reading throws at once',
      () => {
        throw new Error('a bug');
      },
    ],
  ])('is unchanged if %s', async (_, read) => {
    expect(await withChanges(plan, read)).toEqual(plan);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits no longer than WITHIN_MS', async () => {
    const changed = withChanges(plan, () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(WITHIN_MS - 1);
    expect(await Promise.race([changed, Promise.resolve('waits')])).toBe('waits');
    await vi.advanceTimersByTimeAsync(1);
    expect(await changed).toEqual(plan);
  });
});
