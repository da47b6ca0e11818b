import { describe, expect, test } from 'vitest';
import { createCheckStalled } from '../../../functions/on-hint/check-stalled.ts';
import type { ObservedDeployment } from '../../../src/targets/kind.ts';

const TARGET = 'ecs:prod/checkout';
const STALLED: ObservedDeployment = {
  ...{ target: TARGET, deployment: 'ecs-svc/2', state: 'stalled' },
  ...{ at: '2026-11-22T03:02:00.000Z', reason: '5 tasks failed' },
};

function checkWith(stalled: () => Promise<ObservedDeployment | null>, isDue = true) {
  let checks = 0;
  const kind = {
    stalled: () => {
      checks++;
      return stalled();
    },
  };
  const hints = { isDue: () => Promise.resolve(isDue) };
  const check = createCheckStalled(new Map([['ecs', kind]]), hints, () => '2026-11-22T03:03:00.000Z');
  return { check, checks: () => checks };
}

describe('a check after a hint', () => {
  test('finds a stalled deployment', async () => {
    const { check } = checkWith(() => Promise.resolve(STALLED));
    expect(await check(TARGET)).toEqual(STALLED);
  });

  test('is skipped right after another one', async () => {
    const { check, checks } = checkWith(() => Promise.resolve(STALLED), false);
    expect(await check(TARGET)).toBeNull();
    expect(checks()).toBe(0);
  });

  test('is left to the sweep if AWS does not answer', async () => {
    const { check, checks } = checkWith(() => Promise.reject(new Error('ThrottlingException')));
    expect(await check(TARGET)).toBeNull();
    expect(checks()).toBe(1);
  });

  test('finds nothing for a kind without hints', async () => {
    const { check, checks } = checkWith(() => Promise.resolve(STALLED));
    expect(await check('asg:web')).toBeNull();
    expect(checks()).toBe(0);
  });
});
