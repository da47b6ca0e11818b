import { describe, expect, it } from 'vitest';
import { paced } from '../../../functions/lookout/paced.ts';
import type { Turns } from '../../../src/lambda/turns.ts';
import { NO_COUNTERS } from '../../../src/lookout/counters.ts';
import type { Followed, Weighed } from '../../../src/lookout/document.ts';
import type { Take } from '../../../src/rollback/turn.ts';
import { at, followed, lookAt, rolling, sides } from '../../src/lookout/followed.ts';

const AGE = 1200;
const wait = (state: 'wait' | 'wait-for-sides'): Weighed => ({
  ...{ at: at(AGE), counters: NO_COUNTERS, says: [], state, seconds: 30 },
});

/** Paces a wait where each reservation is for a minute later. Returns the seconds, and what was reserved. */
async function pacedBy(weighed: Weighed, more: Partial<Followed>) {
  const reserved: (readonly [urgency: string, takes: readonly Take[], notBefore: string | undefined])[] = [];
  const turns: Turns = {
    of: (takes, urgency, notBefore) => {
      reserved.push([urgency, takes, notBefore]);
      return Promise.resolve({ at: at(AGE + 90), quota: 'elb read', ahead: 7 });
    },
  };
  const answer = await paced(followed(more), weighed, turns, at(AGE));
  return { answer, reserved };
}

const readAt = (seconds: number) => lookAt(AGE, { targetsAt: at(seconds) });

describe('a wait', () => {
  it('is stretched before the sides are read, as a lookout', async () => {
    const { answer, reserved } = await pacedBy(wait('wait-for-sides'), { look: readAt(AGE) });
    expect(answer).toMatchObject({ state: 'wait-for-sides', seconds: 90 });
    expect(reserved.map(([urgency]) => urgency)).toEqual(['lookout']);
    expect(reserved[0]?.[1].length).toBeGreaterThan(0);
  });

  it('is stretched before the targets are read, by a call for each group', async () => {
    const { reserved } = await pacedBy(wait('wait'), { look: readAt(AGE - 300) });
    expect(reserved[0]?.[1]).toEqual([{ quota: 'elb read', calls: 2 }]);
    const shared = await pacedBy(wait('wait'), { look: readAt(AGE - 300), sides: rolling() });
    expect(shared.reserved[0]?.[1]).toEqual([{ quota: 'elb read', calls: 1 }]);
  });

  it('reserves nothing where nothing shared is read next', async () => {
    const { answer, reserved } = await pacedBy(wait('wait'), { look: readAt(AGE) });
    expect([answer, reserved]).toEqual([wait('wait'), []]);
    const bare = sides({ newer: { ...sides().newer, groups: [] }, older: { ...sides().older, groups: [] } });
    expect((await pacedBy(wait('wait'), { look: readAt(0), sides: bare })).reserved).toEqual([]);
  });
});

it('an accusation and an end wait for nothing', async () => {
  const about = { at: at(AGE), counters: NO_COUNTERS, says: [] };
  const all: readonly Weighed[] = [
    { ...about, state: 'accuse', since: at(20), by: 'control' },
    { ...about, state: 'end', quiet: true },
  ];
  for (const weighed of all) {
    const { answer, reserved } = await pacedBy(weighed, { look: readAt(0) });
    expect([answer, reserved]).toEqual([weighed, []]);
  }
});
