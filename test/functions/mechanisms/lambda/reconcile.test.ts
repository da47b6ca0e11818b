import { describe, expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/lambda/reconcile.ts';
import { CALLS_PER_PROOF, PAGES, PROOFS } from '../../../../functions/mechanisms/lambda/shares.ts';
import { unitOf } from '../../../../functions/mechanisms/lambda/unit.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import { Throttled } from '../../../../src/rollback/errors.ts';
import type { Sight, SweepContext } from '../../../../src/targets/kind.ts';
import { lambdaClient } from '../../../fakes/lambda-client.ts';
import { BAD } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { stage, TARGET } from './stage.ts';

const NOW = '2026-11-22T04:00:00.000Z';
const BEFORE = '2026-11-22T03:48:00.000Z';

/** A sweep of the kind. */
function sweep() {
  const set = stage();
  const calls: string[] = [];
  const optedIn: OptedIn[] = [{ arn: set.world.arn, tags: { lastgood: 'auto' } }];
  const reconciler = reconcilerOf(lambdaClient(set.world.lambda, calls));
  const context: SweepContext = {
    optedIn: () => Promise.resolve(optedIn),
    entriesOf: () => set.ledger.entries(),
    now: NOW,
  };
  const sight: Sight = { at: NOW, before: BEFORE, isNew: true, entries: () => set.ledger.entries() };
  const page = () => reconciler.read([unitOf('checkout')], context);
  const observed = async (of = sight) => {
    const found = await Promise.all((await page()).map((one) => one.observed(of)));
    return found.flat();
  };
  const asObserved = async (target = TARGET) => {
    const [one] = await observed();
    return { target, deployment: one?.deployment ?? '', completedAt: NOW, soakUntil: NOW };
  };
  const deployed = async (one: Awaited<ReturnType<typeof asObserved>>) => {
    const [found] = await reconciler.deployed([one], context);
    if (found?.status !== 'fulfilled') throw found?.reason;
    return found.value;
  };
  return { ...set, ...{ calls, optedIn, reconciler, context, sight, page, observed, asObserved, deployed } };
}

describe('a page', () => {
  it('is one function, and shows where each of its aliases points', async () => {
    const { world, page, calls, reconciler, context } = sweep();
    world.call('CreateAlias', { FunctionName: 'checkout', Name: 'beta', FunctionVersion: '1' });
    const found = await page();
    expect(found.map(({ target }) => target)).toEqual([TARGET, 'lambda:checkout/beta']);
    expect(calls).toEqual(['ListAliases']);
    expect(await reconciler.units(context)).toEqual([unitOf('checkout')]);
  });

  it('has another content after each change', async () => {
    const { world, page } = sweep();
    const content = async () => (await page())[0]?.content;
    const first = await content();
    expect(await content()).toBe(first);
    world.canary(world.publish(BAD), 0.1);
    expect(await content()).toMatch(/^1 90%, 2 10%@/);
    world.update({ RoutingConfig: {} });
    expect(await content()).toMatch(/^1@/);
    expect(await content()).not.toBe(first);
  });

  it('shows no alias of $LATEST, and nothing of a function that is gone', async () => {
    const { world, page, reconciler, context } = sweep();
    world.update({ FunctionVersion: '$LATEST' });
    expect(await page()).toEqual([]);
    expect(await reconciler.read([unitOf('deleted')], context)).toEqual([]);
  });

  it('takes as many calls as the aliases of its function had pages', async () => {
    const { world, page, reconciler, context } = sweep();
    for (let n = 0; n < 60; n++)
      world.call('CreateAlias', { FunctionName: 'checkout', Name: `a${n}`, FunctionVersion: '1' });
    await page();
    expect(await reconciler.units(context)).toEqual([unitOf('checkout', 2)]);
  });
});

describe('a change', () => {
  it('was made between two sights', async () => {
    const { observed, sight } = sweep();
    expect(await observed()).toEqual([
      {
        target: TARGET,
        deployment: expect.stringMatching(/^1@/) as string,
        ...{ state: 'completed', at: NOW, notBefore: BEFORE, reason: '' },
      },
    ]);
    const [unknown] = await observed({ ...sight, before: null });
    expect(unknown).toMatchObject({ at: NOW, notBefore: '2026-11-22T00:00:00.000Z' });
    const [first] = await observed({ ...sight, before: null, entries: () => Promise.resolve([]) });
    expect(first).not.toHaveProperty('notBefore');
  });

  it('is new only until the ledger has it', async () => {
    const { observed, asObserved, ledger } = sweep();
    ledger.list.unshift({ state: 'candidate', ...(await asObserved()) });
    expect(await observed()).toEqual([]);
  });
});

describe('a proof', () => {
  it('finds the version alone, with the tags of the function, in two calls', async () => {
    const { asObserved, deployed, calls } = sweep();
    const one = await asObserved();
    calls.length = 0;
    expect(await deployed(one)).toEqual({
      revision: { id: '1', name: 'checkout:1', content: expect.any(String) as string },
      ...{ runs: 'alone', tags: { lastgood: 'auto' }, alarms: [] },
    });
    expect(calls).toHaveLength(CALLS_PER_PROOF);
  });

  it('is unclear while it is a canary, and gone when that has ended', async () => {
    const { world, asObserved, deployed } = sweep();
    world.canary(world.publish(BAD), 0.1);
    const one = await asObserved();
    expect(await deployed(one)).toMatchObject({ runs: 'unclear' });
    world.canary('2', 0.5);
    expect(await deployed(one)).toMatchObject({ runs: 'gone' });
  });

  it('is gone if the alias points elsewhere, and null if there is no alias', async () => {
    const { world, asObserved, deployed } = sweep();
    const one = await asObserved();
    world.update({ FunctionVersion: world.publish(BAD) });
    expect(await deployed(one)).toMatchObject({ runs: 'gone' });
    expect(await deployed({ ...one, target: 'lambda:checkout/beta' })).toBeNull();
  });

  it('is unclear without consent', async () => {
    const { asObserved, deployed, optedIn } = sweep();
    const one = await asObserved();
    optedIn.length = 0;
    expect(await deployed(one)).toMatchObject({ runs: 'unclear', tags: {} });
  });

  it('is left for the next minute where the share is used up, and only then', async () => {
    const { asObserved, reconciler, context } = sweep();
    const one = await asObserved();
    const { provesPerMinute } = reconciler;
    const found = await reconciler.deployed(Array<typeof one>(provesPerMinute + 1).fill(one), context);
    const failed = found.filter((result) => result.status === 'rejected');
    expect(failed.map(({ reason }) => reason as unknown)).toEqual([expect.any(Throttled)]);
  });

  it('and the pages together take a fifth of the bucket, and see 2,000 functions in 15 minutes', () => {
    expect(PAGES.callsPerMinute + PROOFS.callsPerMinute).toBeLessThanOrEqual((15 * 60) / 5);
    expect(2000 / PAGES.callsPerMinute).toBeLessThan(15);
  });
});
