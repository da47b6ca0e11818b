import { describe, expect, it } from 'vitest';
import { revertWith } from '../../../../../functions/mechanisms/ecs/external/revert.ts';
import { settledWith } from '../../../../../functions/mechanisms/ecs/external/settled.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import type { Forwarding } from '../../../../../functions/mechanisms/ecs/traffic/balancer.ts';
import { claimed } from '../../../../contract/walk.ts';
import { AT, sends, setBehind } from './task-sets.ts';

const OURS = `lastgood-${claimed('ecs:prod/checkout').execution.split(':').at(-1)!}`;
const LATER = '2026-11-22T03:30:00.000Z';
const old = setBehind('blue', { arn: 'old' });
const bad = setBehind('green', { arn: 'bad', isPrimary: true });

interface Scene {
  readonly sets?: readonly TaskSet[];
  readonly forwardings?: readonly Forwarding[];
  readonly healthy?: number;
  readonly status?: string;
  readonly refuses?: string;
  /** Names of the refused calls; all of them by default. */
  readonly refused?: RegExp;
  readonly rung?: 'switch-back' | 'new-task-set';
  readonly settled?: object;
  readonly messages?: readonly object[];
}

/** Runs both verbs on one scene, and returns their changes. */
function scene(of: Scene = {}) {
  const changes: string[] = [];
  const change = (what: string) => {
    changes.push(what);
    if (of.refuses === undefined || of.refused?.test(what) === false) return Promise.resolve();
    return Promise.reject(Object.assign(new Error('no'), { name: of.refuses }));
  };
  const clients = {
    ecs: {
      service: () =>
        Promise.resolve({
          status: of.status ?? 'ACTIVE',
          desired: 4,
          revisions: [],
          taskSets: [],
          messages: of.messages ?? [],
        }),
    },
    taskSets: {
      of: () => Promise.resolve(of.sets ?? [bad, old]),
      create: async (_: unknown, settings: { taskDefinition: string }, externalId: string) => {
        await change(`create ${settings.taskDefinition} as ${externalId}`);
        return setBehind('spare', { arn: 'new', externalId, running: 0, isSteady: false });
      },
      scaleUp: (_: unknown, set: string) => change(`scale up ${set}`),
      makePrimary: (_: unknown, set: string) => change(`make ${set} primary`),
    },
    balancer: {
      forwardings: () => Promise.resolve(of.forwardings ?? [sends({ blue: 0, green: 100 })]),
      healthy: () => Promise.resolve(of.healthy ?? 4),
      change: ({ arn }: Forwarding) => change(`point ${arn}`),
    },
  } as never;
  const memo = {
    createdAt: AT,
    atFault: 'bad',
    old: 'old',
    settings: { ...old.settings, taskDefinition: 'checkout:1' },
  };
  const plan = {
    rungs: [{ name: of.rung ?? 'switch-back' }],
    to: { id: 'checkout:1', name: 'checkout:1' },
    memo,
  };
  const reverted = { deployment: of.rung === 'new-task-set' ? 'new' : 'old', at: LATER };
  const document = { ...claimed('ecs:prod/checkout'), plan, rung: 0, reverted, settled: of.settled } as never;
  return {
    changes,
    revert: () => revertWith(clients)(document),
    settle: () => settledWith(clients)(document),
  };
}

describe('Revert', () => {
  it.each([
    ['traffic and the mark', {}, ['point rule', 'make old primary']],
    ['the mark alone', { forwardings: [sends({ blue: 100, green: 0 })] }, ['make old primary']],
    [
      'traffic alone',
      {
        sets: [
          { ...bad, isPrimary: false },
          { ...old, isPrimary: true },
        ],
      },
      ['point rule'],
    ],
    ['capacity alone', { sets: [bad, { ...old, scale: 50 }] }, ['scale up old']],
    ['a place at the listener alone', { forwardings: [sends({ green: 100 })] }, ['point rule']],
    ['nothing while targets are not healthy', { healthy: 3 }, []],
  ])('gives %s to the task set that lacks it', async (_, of, wanted) => {
    const { changes, revert } = scene(of);
    expect(await revert()).toEqual({ state: 'started', deployment: 'old' });
    expect(changes).toEqual(wanted);
  });

  it('starts a new task set once: a retry finds it by the id of its execution', async () => {
    const first = scene({ rung: 'new-task-set' });
    expect(await first.revert()).toEqual({ state: 'started', deployment: 'new' });
    expect(first.changes[0]).toBe(`create checkout:1 as ${OURS}`);
    const made = setBehind('spare', { arn: 'new', externalId: OURS, createdAt: LATER, isSteady: false });
    const second = scene({ rung: 'new-task-set', sets: [made, bad, old] });
    expect(await second.revert()).toEqual({ state: 'started', deployment: 'new' });
    expect(second.changes.filter((what) => what.startsWith('create'))).toEqual([]);
  });

  it.each([
    [
      /a newer task set took over: fix/,
      { sets: [setBehind('red', { arn: 'fix', createdAt: LATER }), bad, old] },
    ],
    [/the service is DRAINING/, { status: 'DRAINING' }],
    [/the task set to go back to is gone/, { sets: [bad] }],
    [/^TaskSetNotFoundException: no$/, { refuses: 'TaskSetNotFoundException' }],
  ])('is no way: %s', async (reason, of) => {
    expect(await scene(of).revert()).toEqual({
      state: 'failed',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it.each([
    ['the mark is refused after the traffic moved', {}],
    [
      'the mark is refused, and an earlier try moved the traffic',
      { forwardings: [sends({ blue: 100, green: 0 })] },
    ],
    [
      'an earlier try made the task set',
      {
        rung: 'new-task-set',
        sets: [setBehind('spare', { arn: 'new', externalId: OURS, createdAt: LATER, scale: 50 }), bad],
        refused: /scale|point/,
      },
    ],
  ] as const)('says that it wrote before it was refused: %s', async (_, of) => {
    const refuses = 'InvalidParameterException';
    expect(await scene({ refused: /primary/, ...of, refuses }).revert()).toEqual({
      state: 'failed',
      reason: `${refuses}: no`,
      touched: true,
    });
  });

  it('throws unexpected errors', async () => {
    await expect(scene({ refuses: 'ThrottlingException' }).revert()).rejects.toThrow('no');
  });
});

describe('Settle', () => {
  const there = {
    sets: [
      { ...bad, isPrimary: false },
      { ...old, isPrimary: true },
    ],
  };
  const all = [sends({ blue: 100, green: 0 })];

  it.each([
    ['settled', { ...there, forwardings: all }],
    ['pending', { ...there, forwardings: all, healthy: 3 }],
    ['due', there],
    ['due', { sets: [bad, { ...old, scale: 50 }] }],
    ['overtaken', { ...there, settled: { state: 'settled' } }],
    [
      'overtaken',
      { sets: [setBehind('red', { arn: 'fix', createdAt: LATER }), ...there.sets], forwardings: all },
    ],
    ['failed', { status: 'INACTIVE' }],
    ['failed', { sets: [bad] }],
  ])('is %s', async (state, of) => {
    const { changes, settle } = scene(of);
    expect(await settle()).toMatchObject({ state });
    expect(changes).toEqual([]);
  });

  it.each([
    ['checkout:2', 'traffic was given to checkout:2 again', true, [sends({ blue: 80, green: 20 })]],
    ['checkout:2', 'checkout:2 was made primary again', false, all],
    ['old', 'the task set of checkout:1 lost its traffic or primary mark', true, [sends({ blue: 0 })]],
  ])('names what serves instead: %s, %s', async (by, reason, isPrimary, forwardings) => {
    const settings = { ...bad.settings, taskDefinition: 'checkout:2' };
    const sets = [
      { ...bad, settings, isPrimary: !isPrimary },
      { ...old, isPrimary },
    ];
    const { settle } = scene({ sets, forwardings, settled: { state: 'settled' } });
    expect(await settle()).toEqual({ state: 'overtaken', by, reason });
  });

  it('quotes complaints of ECS while it is pending', async () => {
    const messages = [{ at: LATER, text: '(service checkout) was unable to place a task.' }];
    expect(await scene({ ...there, forwardings: all, healthy: 3, messages }).settle()).toEqual({
      state: 'pending',
      summary:
        '3 of 4 tasks of checkout:1 are healthy. ECS says: (service checkout) was unable to place a task.',
      cure: expect.stringMatching(/^Make room for the tasks, .* no deployment proceeds/) as unknown,
      hindrance: expect.stringMatching(/^ECS says: /) as unknown,
    });
  });
});
