import { describe, expect, test } from 'vitest';
import { createCheckStalled } from '../../../functions/on-hint/check-stalled.ts';
import type { ObservedDeployment } from '../../../src/targets/kind.ts';

const TARGET = 'ecs:prod/checkout';
const STALLED: ObservedDeployment = {
  ...{ target: TARGET, deployment: 'ecs-svc/2', state: 'stalled' },
  ...{ at: '2026-11-22T03:02:00.000Z', reason: '5 tasks failed' },
};

function lookWith(stalled: () => Promise<ObservedDeployment | null>, isDue = true) {
  let looks = 0;
  const kind = {
    stalled: () => {
      looks++;
      return stalled();
    },
  };
  const hints = { isDue: () => Promise.resolve(isDue) };
  const look = createCheckStalled(new Map([['ecs', kind]]), hints, () => '2026-11-22T03:03:00.000Z');
  return { look, looks: () => looks };
}

describe('a look after a hint', () => {
  test('finds what has stalled', async () => {
    const { look } = lookWith(() => Promise.resolve(STALLED));
    expect(await look(TARGET)).toEqual(STALLED);
  });

  test('is not taken where another one was just now', async () => {
    const { look, looks } = lookWith(() => Promise.resolve(STALLED), false);
    expect(await look(TARGET)).toBeNull();
    expect(looks()).toBe(0);
  });

  test('that AWS does not answer is left to the sweep', async () => {
    const { look, looks } = lookWith(() => Promise.reject(new Error('ThrottlingException')));
    expect(await look(TARGET)).toBeNull();
    expect(looks()).toBe(1);
  });

  test('finds nothing of a kind that has no such hints', async () => {
    const { look, looks } = lookWith(() => Promise.resolve(STALLED));
    expect(await look('asg:web')).toBeNull();
    expect(looks()).toBe(0);
  });
});
