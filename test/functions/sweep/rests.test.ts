import { describe, expect, it, vi } from 'vitest';
import { createRests } from '../../../functions/sweep/rests.ts';
import type { Quota } from '../../../src/quotas/quotas.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';

const SHARES: Readonly<Record<string, Reconciler['shares']>> = {
  ecs: [
    { quota: 'ecs service read', callsPerMinute: 1 },
    { quota: 'ecs task definition read', callsPerMinute: 1 },
  ],
  elb: [{ quota: 'elb read', callsPerMinute: 1 }],
  other: [{ quota: 'of no calendar', callsPerMinute: 1 }],
};

function resting(isScarce: (quota: Quota) => Promise<boolean>) {
  const asked = vi.fn(isScarce);
  const warned: string[] = [];
  const named = (name: string) => ({ shares: SHARES[name] }) as unknown as Reconciler;
  const rests = createRests({ named }, { isScarce: asked }, (message) => void warned.push(message));
  return { rests, asked, warned };
}

describe('a kind', () => {
  it('rests while ways back wait for any of its quotas, and the others do not', async () => {
    const { rests, warned } = resting(({ name }) => Promise.resolve(name === 'ecs task definition read'));
    expect([await rests('ecs'), await rests('elb'), await rests('other')]).toEqual([true, false, false]);
    expect(warned).toEqual(['ways back wait: a kind is due in the next minute']);
  });

  it('asks for each quota once a sweep', async () => {
    const { rests, asked } = resting(() => Promise.resolve(false));
    await Promise.all([rests('ecs'), rests('ecs'), rests('elb')]);
    expect(asked.mock.calls.map(([{ name }]) => name)).toEqual([
      'ecs service read',
      'ecs task definition read',
      'elb read',
    ]);
  });

  it('does not rest where the calendar cannot be read', async () => {
    const { rests, warned } = resting(() => Promise.reject(new Error('no table')));
    expect(await rests('elb')).toBe(false);
    expect(warned).toEqual(['the calendar cannot be read']);
  });
});
