import type { Balancer, Forwarding } from '../../../../../functions/mechanisms/ecs/traffic/balancer.ts';
import { describe, expect, it } from 'vitest';
import { newerThan } from '../../../../../functions/mechanisms/ecs/external/newer.ts';
import { positionOf } from '../../../../../functions/mechanisms/ecs/external/position.ts';
import { sidesOf } from '../../../../../functions/mechanisms/ecs/external/sides.ts';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import { AT, sends, setBehind } from './task-sets.ts';

const LATER = '2026-11-22T03:30:00.000Z';
const runs = (taskDefinition: string, group: string, more: Partial<TaskSet> = {}) =>
  setBehind(group, { settings: { ...setBehind(group).settings, taskDefinition }, ...more });
const old = runs('checkout:1', 'blue', { isPrimary: true });
const bad = runs('checkout:2', 'green', { createdAt: LATER });

describe('the task set at fault', () => {
  it('is the newest, in flight while another one is the primary', () => {
    expect(sidesOf([bad, old], [])).toMatchObject({ atFault: bad, isInFlight: true, older: [old], idle: [] });
    const served = { ...bad, isPrimary: true };
    const before = { ...old, isPrimary: false };
    expect(sidesOf([served, before], [])).toMatchObject({ atFault: served, isInFlight: false });
  });

  it('is none without traffic while another one has it, whichever has the mark', () => {
    const forwardings = [sends({ blue: 100, green: 0 })];
    const back = { atFault: old, isInFlight: false, older: [], idle: [bad] };
    expect(sidesOf([bad, old], forwardings)).toMatchObject(back);
    const marked = { ...bad, isPrimary: true };
    const unmarked = { ...old, isPrimary: false };
    expect(sidesOf([marked, unmarked], forwardings)).toMatchObject({
      ...{ atFault: unmarked, isInFlight: true, idle: [marked] },
    });
  });

  it('is the newest that gets a share', () => {
    expect(sidesOf([bad, old], [sends({ blue: 90, green: 10 })])).toMatchObject({
      atFault: bad,
      older: [old],
    });
  });

  it('is the newest where none gets any', () => {
    const served = { ...bad, isPrimary: true };
    expect(sidesOf([served], [sends({ green: 0 })])).toMatchObject({ atFault: served });
  });

  it('is unknown where none is the primary one', () => {
    expect(sidesOf([bad], [])).toBeNull();
    expect(sidesOf([], [])).toBeNull();
  });

  it('has the one that serves first among the older, whatever their age', () => {
    const between = runs('checkout:3', 'red', { createdAt: '2026-11-22T03:10:00.000Z' });
    expect(sidesOf([bad, between, old], [])?.older).toEqual([old, between]);
  });
});

describe('a newer task set', () => {
  const plan = { memo: { createdAt: AT } } as never;

  it('is any that was created after the one at fault, except that of this rollback', () => {
    const ours = { ...bad, externalId: 'lastgood-1' };
    expect(newerThan([bad, ours, old], plan, 'lastgood-1')).toEqual([bad]);
  });
});

describe('the position of a task set', () => {
  const service = { desired: 4 } as Service;
  const healthy: Readonly<Record<string, number>> = { blue: 4, admin: 2, green: 9 };
  const places = [{ arn: 'listener', shownBy: 'rule' }];
  const set = setBehind(['blue', 'admin']);

  /** Reads it, with what is found again at the places of the plan. */
  async function position(again: readonly Forwarding[] | null, of?: typeof places) {
    const asked: string[][] = [];
    const balancer: Balancer = {
      forwardings: (groups) => {
        asked.push([...groups]);
        return Promise.resolve([]);
      },
      of: () => Promise.resolve([]),
      again: () => Promise.resolve(again),
      healthy: (group) => Promise.resolve(healthy[group] ?? 0),
      change: () => Promise.reject(new Error('reads only')),
    };
    return { asked, is: await positionOf(service, set, [set, bad], of, balancer) };
  }

  it('counts the healthy targets where there are fewest, and itself not among the others', async () => {
    const { asked, is } = await position([]);
    expect(is).toMatchObject({ healthy: 2, others: [bad] });
    expect(asked).toEqual([['blue', 'admin', 'green']]);
  });

  it('is read at the places of the plan, without those that send no traffic to it any more', async () => {
    const [ours, other] = [sends({ green: 100 }), sends({ cart: 100 })];
    expect(await position([ours, other], places)).toMatchObject({ asked: [], is: { forwardings: [ours] } });
  });

  it('is searched for again if one of those is gone', async () => {
    expect(await position(null, places)).toMatchObject({ asked: [['blue', 'admin', 'green']] });
  });
});
