import { describe, expect, it } from 'vitest';
import { reconcilerOf } from '../../../../functions/mechanisms/cloudformation/reconcile.ts';
import { CALLS_PER_PROOF, PROOFS } from '../../../../functions/mechanisms/cloudformation/shares.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import type { SweepContext } from '../../../../src/targets/kind.ts';
import { stackClient } from '../../../fakes/stack-client.ts';
import { rest, stage, TARGET } from './stage.ts';

/** A sweep of the kind. */
async function sweep() {
  const set = await stage({ monitoringMinutes: 5 });
  const calls: string[] = [];
  const optedIn: OptedIn[] = [{ arn: set.world.id, tags: { lastgood: 'auto' } }];
  const reconciler = reconcilerOf(stackClient(set.world, calls));
  const now = () => set.world.world.clock.iso();
  const context = (): SweepContext => ({
    optedIn: () => Promise.resolve(optedIn),
    entriesOf: () => set.ledger.entries(),
    now: now(),
  });
  const page = () => reconciler.read([{ batch: 'stacks', name: 'all' }], context());
  const observed = async () => {
    const sight = { at: now(), before: null, isNew: true, entries: () => set.ledger.entries() };
    return (await Promise.all((await page()).map((one) => one.observed(sight)))).flat();
  };
  const deployed = async (deployment: string, target = TARGET) => {
    const one = { target, deployment, completedAt: now(), soakUntil: now() };
    const [found] = await reconciler.deployed([one], context());
    if (found?.status !== 'fulfilled') throw found?.reason;
    return found.value;
  };
  return { ...set, ...{ calls, optedIn, reconciler, context, page, observed, deployed } };
}

describe('a page', () => {
  it('is the list of all stacks, and shows those that opted in and are not nested', async () => {
    const { world, page, calls, reconciler, context, optedIn } = await sweep();
    world.world.cloudformation.create({ name: 'other' });
    const nested = world.world.cloudformation.create({ name: 'nested', root: world.id });
    optedIn.push({ arn: nested, tags: { lastgood: 'auto' } });
    expect((await page()).map(({ target }) => target)).toEqual([TARGET]);
    expect(calls).toEqual(['ListStacks']);
    expect(await reconciler.units(context())).toEqual([{ batch: 'stacks', name: 'all', calls: 1 }]);
    optedIn.length = 0;
    expect(await reconciler.units(context())).toEqual([]);
  });

  it('has another content after each change of the status', async () => {
    const { world, page } = await sweep();
    const content = async () => (await page())[0]?.content;
    const first = await content();
    expect(await content()).toBe(first);
    world.update('v2');
    expect(await content()).toMatch(/^UPDATE_IN_PROGRESS@/);
  });
});

describe('a sight', () => {
  it('reports an update that completed, without a token too, and one that failed', async () => {
    const { world, observed } = await sweep();
    world.update('v2', { token: undefined } as never);
    expect(await observed()).toEqual([]);
    await rest(world);
    expect(await observed()).toMatchObject([{ target: TARGET, state: 'completed' }]);
    world.update('v3');
    world.call('CancelUpdateStack', { StackName: 'shop' });
    expect(await observed()).toMatchObject([
      { state: 'failed', deployment: 'deploy-v3', reason: 'User Initiated' },
    ]);
    await rest(world);
    expect(await observed()).toEqual([]);
  });
});

describe('a completed update', () => {
  it('runs alone, with its content, until another one completes', async () => {
    const { world, deployed } = await sweep();
    expect(await deployed('deploy-v1')).toMatchObject({
      runs: 'alone',
      revision: {
        id: 'deploy-v1',
        name: 'shop@deploy-v1',
        content: expect.stringContaining('"Version":"v1"') as string,
      },
    });
    world.update('v2');
    expect(await deployed('deploy-v1')).toMatchObject({ runs: 'unclear' });
    world.call('CancelUpdateStack', { StackName: 'shop' });
    await rest(world);
    expect(await deployed('deploy-v1')).toMatchObject({ runs: 'alone' });
    world.update('v3');
    await rest(world);
    expect(await deployed('deploy-v1')).toMatchObject({ runs: 'gone' });
    expect(await deployed('deploy-v2')).toBeNull();
    expect(await deployed('deploy-v1', 'cloudformation:nothing')).toBeNull();
  });

  it('costs so many calls at most that a minute proves some', () => {
    expect(PROOFS.callsPerMinute / CALLS_PER_PROOF).toBeGreaterThanOrEqual(10);
  });
});
