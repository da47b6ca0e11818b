import { expect, it } from 'vitest';
import { end } from '../../../functions/lookout/end.ts';
import type { LookedAt } from '../../../src/ledger/lookouts.ts';
import { NO_COUNTERS } from '../../../src/lookout/counters.ts';
import type { Followed, Weighed } from '../../../src/lookout/document.ts';
import { at, followed, lookAt, NEWER, OLDER, sides, START, TARGET } from '../../src/lookout/followed.ts';

const about = { at: at(80), counters: { ...NO_COUNTERS, looks: 7 }, says: ['What it saw.'] };
const weighed: Weighed = { ...about, state: 'end', quiet: true };
const waiting: Weighed = { ...about, state: 'wait-for-sides', seconds: 10 };

/** Ends a lookout with this document, and returns what was recorded. */
async function recorded(more: Partial<Followed>): Promise<LookedAt | undefined> {
  const all: LookedAt[] = [];
  const lookouts = { end: (_: unknown, looked: LookedAt) => Promise.resolve(void all.push(looked)) };
  await end(lookouts, () => at(90))(followed(more));
  return all[0];
}

it.each<[string, Weighed, Partial<LookedAt>]>([
  ['quiet', weighed, { state: 'quiet' }],
  ['unclear', { ...about, state: 'end', quiet: false }, { state: 'unclear' }],
  [
    'accused',
    { ...about, state: 'accuse', since: at(20), by: 'control' },
    { state: 'accused', accusedAt: at(80) },
  ],
  ['ended', { ...about, state: 'wait', seconds: 10 }, { state: 'ended' }],
])('records a lookout that is %s', async (_, of, expected) => {
  expect(await recorded({ weighed: of })).toEqual({
    ...{ target: TARGET, deployment: 'ecs-svc/2', startedAt: START, endedAt: at(90) },
    ...{ revision: NEWER, older: OLDER, windowMinutes: 60, mode: 'act', looks: 7, says: ['What it saw.'] },
    ...expected,
  });
});

it('records why there was nothing to follow any more, and not what was seen before', async () => {
  const none = { state: 'none', at: at(90), reason: 'checkout:2 is proven.' } as const;
  const looked = await recorded({ weighed: waiting, sides: none });
  expect(looked).toMatchObject({ state: 'ended', says: ['checkout:2 is proven.'] });
  expect(looked).not.toHaveProperty('revision');
});

it('keeps the revisions, the mode and the window where there are no sides any more', async () => {
  const tags = { 'lastgood:lookout': 'act', 'lastgood:window': '20' };
  const none = { state: 'none', at: at(90), reason: 'AWS rolls it back.', were: sides({ tags }) } as const;
  const kept = { revision: NEWER, older: OLDER, mode: 'act', windowMinutes: 20 };
  expect(await recorded({ weighed: waiting, sides: none })).toMatchObject(kept);
});

it('records that another lookout took its place, and not that it could not say', async () => {
  const superseded = { ...about, state: 'end', quiet: false } as const;
  const look = lookAt(80, { supersededBy: 'ecs-svc/3' });
  expect(await recorded({ weighed: superseded, look })).toMatchObject({ state: 'ended', says: about.says });
});

it('records an error that ended it, but for one after its accusation', async () => {
  const error = { Error: 'Throttled' };
  const says = ['It could not go on: Throttled.'];
  expect(await recorded({ weighed: waiting, error })).toMatchObject({ state: 'ended', says });
  const accused = { ...about, state: 'accuse', since: at(20), by: 'control' } as const;
  expect(await recorded({ weighed: accused, error })).toMatchObject({ state: 'accused', says: about.says });
});

it('records whether it only observed', async () => {
  const tags = { lastgood: 'auto', 'lastgood:lookout': 'observe' };
  expect(await recorded({ weighed, sides: sides({ tags }) })).toMatchObject({ mode: 'observe' });
});

it('records nothing of a deployment that was never followed', async () => {
  expect(await recorded({})).toBeUndefined();
});
