import { describe, expect, it } from 'vitest';
import { withSplit } from '../../../../functions/mechanisms/lattice/actions.ts';
import type { InReversion } from '../../../../src/rollback/document.ts';
import type { Memo } from '../../../../functions/mechanisms/lattice/memo.ts';
import { planned } from '../../../contract/walk.ts';
import { forwardTo, openStage, SINCE, type Stage } from './stage.ts';

const GREEN = { blue: 0, green: 100 };

async function open(): Promise<Stage> {
  const stage = await openStage(GREEN);
  stage.observe(SINCE, GREEN);
  return stage;
}

/** Reverts now. */
async function reverted(stage: Stage): Promise<InReversion<Memo>> {
  const document = await planned(stage.mechanism, stage.target);
  const way = await stage.mechanism.revert(document);
  if (way.state === 'failed') throw new Error(way.reason);
  const { rungs } = document.plan;
  const reverted = { ...way, at: stage.world.clock.iso(), rung: 0, deadline: '2026-11-22T05:00:00.000Z' };
  return { ...document, plan: { ...document.plan, rungs }, reverted } as unknown as InReversion<Memo>;
}

describe('the way back', () => {
  it('keeps the group that loses its traffic attached at weight 0, so that its health stays known', async () => {
    const stage = await open();
    await reverted(stage);
    expect(stage.weights()).toEqual({ blue: 100, green: 0 });
  });

  it('writes nothing where the side became unhealthy after the plan', async () => {
    const stage = await open();
    const document = await planned(stage.mechanism, stage.target);
    await stage.health('blue', 'fails', 2);
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'shop-blue has 2 healthy targets of 4 needed',
    });
    expect(stage.writes()).toBe(0);
  });

  it('writes nothing where another release was put behind the side after the plan', async () => {
    const stage = await openStage(GREEN);
    stage.stands('blue', 'lt-blue:1');
    stage.ledger.list.length = 0;
    stage.ledger.prove(stage.idOf('2026-11-22T00:00:00.000Z', { blue: 1 }));
    stage.observe(SINCE, GREEN);
    const document = await planned(stage.mechanism, stage.target);
    stage.stands('blue', 'lt-blue:2');
    expect(await stage.mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: 'another version was put behind shop-blue after the plan was made',
    });
    expect(stage.writes()).toBe(0);
  });

  it('takes no weights of a pipeline for its own where another release is behind them', async () => {
    const stage = await openStage(GREEN);
    stage.stands('blue', 'lt-blue:1');
    stage.ledger.list.length = 0;
    stage.ledger.prove(stage.idOf('2026-11-22T00:00:00.000Z', { blue: 1 }));
    stage.observe(SINCE, GREEN);
    const document = await planned(stage.mechanism, stage.target);
    stage.stands('blue', 'lt-blue:2');
    stage.weigh({ blue: 1 });
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'another version was put behind shop-blue after the plan was made',
      touched: true,
    });
  });

  it('takes what runs behind weights that a person asked for by their id', async () => {
    const stage = await openStage(GREEN);
    stage.stands('blue', 'lt-blue:1');
    const revision = stage.idOf('2026-11-22T00:00:00.000Z', { blue: 1 });
    stage.observe(SINCE, GREEN);
    const document = await planned(stage.mechanism, stage.target, { revision });
    stage.stands('blue', 'lt-blue:2');
    expect(await stage.mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(stage.writes()).toBe(1);
  });

  it('fails where the listener is gone', async () => {
    const stage = await open();
    const document = await planned(stage.mechanism, stage.target);
    stage.world.call('DeleteListener', stage.world.keys);
    expect(await stage.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'the listener or rule is no longer there',
    });
    const at = stage.world.clock.iso();
    const reverted = { state: 'started', deployment: 'x', rung: 0, at, settleBy: at, left: [] } as const;
    expect(await stage.mechanism.settled({ ...document, reverted })).toMatchObject({ isGone: true });
  });

  it('is tried again where VPC Lattice refuses for a conflict', async () => {
    const stage = await open();
    const document = await planned(stage.mechanism, stage.target);
    stage.world.lattice.failCreation(stage.world.groups['green']!);
    await expect(stage.mechanism.revert(document)).rejects.toMatchObject({
      name: 'Unavailable',
      message: expect.stringMatching(/^VPC Lattice refuses for a conflict: /) as string,
    });
  });
});

describe('Settle', () => {
  it('waits for the data plane: 90 seconds after the write, and not before', async () => {
    const stage = await open();
    const document = await reverted(stage);
    await stage.world.pass(89);
    expect(await stage.mechanism.settled(document)).toMatchObject({
      state: 'pending',
      summary: expect.stringMatching(/^the weights are set, and may reach the requests until /) as string,
    });
    await stage.world.pass(1);
    expect(await stage.mechanism.settled(document)).toEqual({
      state: 'settled',
      summary: 'shop-blue has the traffic',
    });
  });

  it('waits while targets that carry the traffic are unhealthy', async () => {
    const stage = await open();
    const document = await reverted(stage);
    await stage.health('blue', 'fails', 1);
    await stage.world.pass(60);
    expect(await stage.mechanism.settled(document)).toEqual({
      state: 'pending',
      summary: 'shop-blue has 3 healthy targets of 4 needed',
    });
  });

  it('is overtaken where the bad weights are put back, at once after they were settled', async () => {
    const stage = await open();
    const document = await reverted(stage);
    stage.weigh(GREEN);
    expect(await stage.mechanism.settled(document)).toMatchObject({ state: 'pending' });
    await stage.world.pass(31);
    const putBack = {
      state: 'overtaken',
      reason: expect.stringMatching(/were put back to shop-green/) as string,
    };
    expect(await stage.mechanism.settled(document)).toMatchObject(putBack);
    const settled = { state: 'settled', at: SINCE, summary: '' } as unknown as NonNullable<
      typeof document.settled
    >;
    const early = { ...document, settled, reverted: { ...document.reverted, at: stage.world.clock.iso() } };
    expect(await stage.mechanism.settled(early)).toMatchObject(putBack);
  });

  it('fails where the listener is gone', async () => {
    const stage = await open();
    const document = await reverted(stage);
    stage.world.call('DeleteListener', stage.world.keys);
    expect(await stage.mechanism.settled(document)).toMatchObject({ state: 'failed' });
  });
});

describe('an action', () => {
  const id = (at: number) => `tg-${String(at).padStart(17, '0')}`;

  it('names at most ten groups: those with traffic, before those without', () => {
    const weights = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [id(at), at === 9 ? 5 : 0]));
    const action = withSplit(forwardTo(weights), [{ group: id(10), weight: 1 }]);
    const groups = action.forward?.targetGroups ?? [];
    expect(groups).toHaveLength(10);
    expect(groups.filter(({ weight }) => weight !== 0)).toEqual([
      { targetGroupIdentifier: id(10), weight: 100 },
    ]);
    expect(groups.map(({ targetGroupIdentifier }) => targetGroupIdentifier)).toContain(id(9));
  });

  it('keeps the weights of several groups as they were proven', () => {
    const split = [
      { group: id(1), weight: 9 },
      { group: id(2), weight: 1 },
    ];
    expect(withSplit(forwardTo({ [id(2)]: 100 }), split)).toEqual(forwardTo({ [id(2)]: 1, [id(1)]: 9 }));
  });
});
