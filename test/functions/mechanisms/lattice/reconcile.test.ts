import { describe, expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/lattice/reconcile.ts';
import { PROOFS } from '../../../../functions/mechanisms/lattice/shares.ts';
import { unitOf } from '../../../../functions/mechanisms/lattice/unit.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import { Throttled } from '../../../../src/rollback/errors.ts';
import type { Sight, SweepContext } from '../../../../src/targets/kind.ts';
import { openStage, SINCE } from './stage.ts';

const AT = '2026-11-22T02:30:00.000Z';
const BEFORE = '2026-11-22T02:21:00.000Z';
const GREEN = { blue: 0, green: 100 };

/** A sweep of the kind. */
async function openSweep(...args: Partial<Parameters<typeof openStage>>) {
  const stage = await openStage(args[0] ?? GREEN, args[1]);
  const optedIn: OptedIn[] = [
    { arn: stage.arn, tags: { lastgood: 'auto' } },
    { arn: stage.arnOf('blue'), tags: { lastgood: 'auto' } },
  ];
  const reconciler = reconcilerOf(stage.lattice, stage.launched);
  const context = (): SweepContext => ({
    optedIn: () => Promise.resolve(optedIn),
    entriesOf: () => stage.ledger.entries(),
    now: AT,
  });
  const sight: Sight = { at: AT, before: BEFORE, isNew: true, entries: () => stage.ledger.entries() };
  const page = () => reconciler.read([unitOf(stage.name)], context());
  const proof = (deployment: string) => ({
    ...{ target: stage.target, deployment, completedAt: SINCE, soakUntil: SINCE },
  });
  return {
    ...{ stage, optedIn, reconciler, context, page, proof },
    observed: async (of = sight) => (await Promise.all((await page()).map((one) => one.observed(of)))).flat(),
    deployed: async (deployment: string) => {
      const [found] = await reconciler.deployed([proof(deployment)], context());
      if (found?.status !== 'fulfilled') throw found?.reason;
      return found.value;
    },
  };
}

describe('a page', () => {
  it('is one listener or rule that opted in, and costs one call', async () => {
    const { stage, reconciler, context, page } = await openSweep();
    expect(await reconciler.units(context())).toEqual([unitOf(stage.name)]);
    stage.calls.length = 0;
    expect(await page()).toMatchObject([{ target: stage.target }]);
    expect(stage.calls).toEqual(['GetListener']);
  });

  it('shows a rule by its own weights', async () => {
    const { stage, page } = await openSweep({ blue: 30, green: 70 }, { rule: true });
    const groups = stage.world.groups;
    const parts = [`${groups['blue']!}=3`, `${groups['green']!}=7`].toSorted();
    expect((await page())[0]?.content).toBe(parts.join(' '));
  });

  it('is empty where the listener is gone, or answers with a fixed response', async () => {
    const { stage, page } = await openSweep();
    const { keys } = stage.world;
    stage.world.call('UpdateListener', { ...keys, defaultAction: { fixedResponse: { statusCode: 404 } } });
    expect(await page()).toEqual([]);
    stage.world.call('DeleteListener', keys);
    expect(await page()).toEqual([]);
  });
});

describe('a sight', () => {
  it('observes a division that the ledger does not know, between this sight and the one before', async () => {
    const { stage, observed } = await openSweep();
    expect(await observed()).toEqual([
      {
        ...{ target: stage.target, deployment: stage.idOf(AT, { green: 1 }), state: 'completed', at: AT },
        ...{ notBefore: BEFORE, reason: 'the traffic goes to shop-green' },
      },
    ]);
    stage.observe(SINCE, GREEN);
    expect(await observed()).toEqual([]);
  });

  it('observes another release behind the same weights', async () => {
    const { stage, observed } = await openSweep();
    stage.stands('green', 'lt-green:1');
    stage.observe(SINCE, GREEN);
    expect(await observed()).toEqual([]);
    stage.stands('green', 'lt-green:2');
    expect(await observed()).toMatchObject([{ deployment: stage.idOf(AT, { green: 1 }) }]);
  });
});

describe('a proof', () => {
  it('is of a division that still stands alone, by the names of its groups', async () => {
    const { stage, deployed } = await openSweep();
    const deployment = stage.observe(SINCE, GREEN);
    expect(await deployed(deployment)).toEqual({
      ...{ revision: { id: deployment, name: 'shop-green' }, runs: 'alone', alarms: [] },
      tags: { lastgood: 'auto' },
    });
    stage.weigh({ blue: 100, green: 0 });
    expect(await deployed(deployment)).toMatchObject({ runs: 'gone' });
  });

  it('is not of a step of a rollout, of other targets behind it, or without consent', async () => {
    const { stage, deployed, optedIn } = await openSweep({ blue: 50, green: 50 });
    expect(await deployed(stage.observe(SINCE, { blue: 1, green: 1 }))).toMatchObject({ runs: 'unclear' });
    stage.weigh(GREEN);
    stage.stands('green', 'lt-green:1');
    const deployment = stage.observe(SINCE, GREEN);
    stage.stands('green', 'lt-green:2');
    expect(await deployed(deployment)).toMatchObject({ runs: 'gone' });
    stage.stands('green', 'lt-green:1');
    optedIn.length = 0;
    expect(await deployed(deployment)).toMatchObject({ runs: 'unclear', tags: {} });
  });

  it('waits for the next minute once the share is used up', async () => {
    const { stage, reconciler, context, proof } = await openSweep();
    const deployment = stage.observe(SINCE, GREEN);
    const many = Array.from({ length: PROOFS.callsPerMinute + 1 }, () => proof(deployment));
    const found = await reconciler.deployed(many, context());
    expect(found.filter(({ status }) => status === 'fulfilled')).toHaveLength(PROOFS.callsPerMinute);
    expect(found.at(-1)).toMatchObject({ status: 'rejected', reason: expect.any(Throttled) as Throttled });
  });

  it('is none for a text that is no division', async () => {
    const { deployed } = await openSweep();
    expect(await deployed('something else')).toBeNull();
  });
});
