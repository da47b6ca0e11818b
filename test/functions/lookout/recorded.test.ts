import { describe, expect, test, vi } from 'vitest';
import { end } from '../../../functions/lookout/end.ts';
import type { LookedAt } from '../../../src/ledger/lookouts.ts';
import { NO_COUNTERS } from '../../../src/lookout/counters.ts';
import type { Followed, Weighed } from '../../../src/lookout/document.ts';
import { at, followed, lookAt, NEWER, OLDER, sides, START, TARGET } from '../../src/lookout/followed.ts';

const NOW = at(2_400);
const counters = { ...NO_COUNTERS, looks: 7 };
const weighed = (more: object) => ({ at: at(60), counters, says: ['Why.'], ...more }) as unknown as Weighed;
const [accuse, wait] = [weighed({ state: 'accuse' }), weighed({ state: 'wait' })];
const [quiet, unclear] = [true, false].map((is) => weighed({ state: 'end', quiet: is }));
const none = (reason: string) => ({ state: 'none', at: NOW, reason }) as const;
const tags = { 'lastgood:lookout': 'act', 'lastgood:window': '20' };

async function recorded(more: Partial<Followed>): Promise<LookedAt | undefined> {
  const store = vi.fn((_following: object, _looked: LookedAt) => Promise.resolve());
  await end({ end: store }, () => NOW)(followed(more));
  return store.mock.calls[0]?.[1];
}

describe('the record of a lookout', () => {
  test('has both revisions, the mode and the window', async () => {
    expect(await recorded({ sides: sides({ tags }), weighed: quiet! })).toEqual({
      ...{ target: TARGET, deployment: 'ecs-svc/2', startedAt: START, endedAt: NOW },
      ...{ revision: NEWER, older: OLDER, mode: 'act', windowMinutes: 20, looks: 7 },
      ...{ state: 'quiet', says: ['Why.'] },
    });
  });

  test.each<[string, Partial<Followed>, Partial<LookedAt>]>([
    ['accused', { weighed: accuse }, { state: 'accused', accusedAt: at(60), says: ['Why.'] }],
    ['could not say', { weighed: unclear! }, { state: 'unclear', says: ['Why.'] }],
    [
      'was taken over',
      { weighed: unclear!, look: lookAt(90, { supersededBy: 'ecs-svc/3' }) },
      { state: 'ended', says: ['Why.'] },
    ],
    [
      'failed',
      { weighed: wait, error: { Error: 'Throttled' } },
      { state: 'ended', says: ['It could not go on: Throttled.'] },
    ],
    ['accused in vain', { weighed: accuse, error: { Error: 'Throttled' } }, { state: 'accused' }],
    [
      'lost its sides',
      { weighed: wait, sides: none('AWS rolls it back natively.') },
      { state: 'ended', says: ['AWS rolls it back natively.'] },
    ],
  ])('that %s', async (_, more, expected) => {
    expect(await recorded(more)).toMatchObject(expected);
  });

  test('keeps the revisions where there are no sides any more', async () => {
    const gone = { ...none('AWS rolls it back natively.'), were: sides({ tags }) };
    const about = { revision: NEWER, older: OLDER, mode: 'act', windowMinutes: 20 };
    expect(await recorded({ weighed: wait, sides: gone })).toMatchObject(about);
  });

  test('is not made of a deployment that never was followed', async () => {
    expect(await recorded({ sides: none('The target has no tag lastgood:lookout.') })).toBeUndefined();
  });
});
