import { describe, expect, test } from 'vitest';
import type { Group } from '../../../../functions/mechanisms/codedeploy/codedeploy.ts';
import {
  createFailures,
  MAX_REMEMBERED,
} from '../../../../functions/mechanisms/codedeploy/sweep/failures.ts';
import { seenOf } from '../../../../functions/mechanisms/codedeploy/sweep/seen.ts';
import { FAILURES } from '../../../../functions/mechanisms/codedeploy/sweep/shares.ts';
import type { Sight } from '../../../../src/targets/kind.ts';
import { after } from '../../../../src/rollback/time.ts';

const NOW = '2026-11-22T03:00:00.000Z';
const UNIT = { batch: 'shop', name: 'web' };
const SIGHT = { at: NOW, before: null, isNew: true, entries: () => Promise.resolve([]) };

type Status = 'Succeeded' | 'Failed' | 'Stopped' | 'InProgress';

/** Returns what a page shows of a group whose last deployment ended so many seconds ago; null: it has not. */
function look(status: Status, seconds: number | null, error: string | null = '', platform = 'Server') {
  const finishedAt = seconds === null ? null : after(NOW, -seconds);
  const last = { id: 'd-1', status, finishedAt };
  const group = {
    ...{ name: { application: 'shop', group: 'web' }, platform },
    ...{ lastAttempted: last, lastSuccessful: status === 'Succeeded' ? last : null },
  } as Group;
  return seenOf(UNIT, group, { errorOf: () => error }, NOW);
}

async function reported(...shown: Parameters<typeof look>): Promise<readonly string[]> {
  return reportedAt(SIGHT, ...shown);
}

async function reportedAt(sight: Sight, ...shown: Parameters<typeof look>): Promise<readonly string[]> {
  const found = await Promise.all(look(...shown).map((one) => one.observed(sight)));
  return found.flat().map(({ state }) => state);
}

test.each<['Succeeded' | 'Failed', number, readonly string[]]>([
  ['Succeeded', 3600, ['completed']],
  ['Succeeded', 3601, []],
  ['Failed', 600, ['failed']],
  ['Failed', 601, []],
])('of a deployment that %s %i seconds ago it reports %j', async (status, seconds, states) => {
  expect(await reported(status, seconds)).toEqual(states);
});

test.each<[number, number, readonly string[]]>([
  [1800, 1799, ['failed']],
  [1800, 1801, []],
  [3700, 3600, ['failed']],
  [3700, 3601, []],
])(
  'a failure is reported where the sight before was %i seconds ago and it ended %i seconds ago: %j',
  async (before, seconds, states) => {
    const sight = { ...SIGHT, before: after(NOW, -before) };
    expect(await reportedAt(sight, 'Failed', seconds)).toEqual(states);
  },
);

test('of a group that CodeDeploy deploys to ECS nothing is seen', () => {
  expect(look('Succeeded', 10, '', 'ECS')).toEqual([]);
});

describe('a group is read again in the next minute', () => {
  test.each<[string, boolean, Parameters<typeof look>]>([
    ['while its deployment is in flight', true, ['InProgress', null]],
    ['while it is not known why its deployment failed', true, ['Failed', 10, null]],
    ['no more once it is known', false, ['Failed', 10, 'HEALTH_CONSTRAINTS']],
    ['no more once it succeeded', false, ['Succeeded', 10]],
  ])('%s', (_, isMoving, shown) => {
    expect(look(...shown)).toMatchObject([{ target: 'codedeploy:shop/web', isMoving }]);
  });

  test('and until then no failure is reported', async () => {
    expect(await reported('Failed', 10, null)).toEqual([]);
  });
});

describe('why deployments failed', () => {
  const reader = () => {
    const batches: number[] = [];
    const failures = createFailures({
      deployments: (ids) => {
        batches.push(ids.length);
        return Promise.resolve(ids.map((id) => ({ id, error: `${id} failed` }) as never));
      },
    });
    return { batches, failures };
  };
  const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `d-${from + i}`);

  test('is read once, by 25', async () => {
    const { batches, failures } = reader();
    const minute = {};
    await failures.learn(ids(30), minute);
    await failures.learn(ids(30), minute);
    expect(batches).toEqual([25, 5]);
    expect(failures.errorOf('d-29')).toBe('d-29 failed');
    expect(failures.errorOf('d-30')).toBeNull();
  });

  test('takes no more than its share; the rest follows in the next minute, over all applications', async () => {
    const { batches, failures } = reader();
    const minute = {};
    for (let i = 0; i < 500; i++) await failures.learn(ids(1, i), minute);
    expect(batches).toHaveLength(FAILURES.callsPerMinute);
    await failures.learn([], {});
    expect(batches).toHaveLength(FAILURES.callsPerMinute + Math.ceil((500 - FAILURES.callsPerMinute) / 25));
    expect(ids(500).every((id) => failures.errorOf(id) !== null)).toBe(true);
  });

  test('is remembered of the newest only', async () => {
    const { failures } = reader();
    for (let from = 0; from < 2 * MAX_REMEMBERED; from += 250) await failures.learn(ids(250, from), {});
    const known = ids(2 * MAX_REMEMBERED).filter((id) => failures.errorOf(id) !== null);
    expect(known).toEqual(ids(MAX_REMEMBERED, MAX_REMEMBERED));
  });
});
