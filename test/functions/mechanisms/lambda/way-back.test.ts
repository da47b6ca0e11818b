import { describe, expect, it } from 'vitest';
import type { Memo } from '../../../../functions/mechanisms/lambda/memo.ts';
import type { OnRung } from '../../../../src/rollback/document.ts';
import { planned, started, stopped } from '../../../contract/walk.ts';
import { BAD, GOOD } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { createMechanism } from '../../../../functions/mechanisms/lambda/mechanism.ts';
import { stage, TARGET, type Stage } from './stage.ts';

/** Releases a bad version and plans the way back. */
async function released(): Promise<Stage & { readonly document: OnRung<Memo> }> {
  const set = stage();
  set.world.update({ FunctionVersion: set.world.publish(BAD) });
  return { ...set, document: await planned(set.mechanism, TARGET) };
}

describe('stop', () => {
  it('writes nothing to a canary: the way back clears its weights in the same call', async () => {
    const { world, mechanism, calls } = stage();
    world.canary(world.publish(BAD), 0.1);
    const document = await planned(mechanism, TARGET);
    expect(await mechanism.stop(document)).toMatchObject({ state: 'left-to-revert' });
    expect(calls).not.toContain('UpdateAlias');
    calls.length = 0;
    await mechanism.stop(document);
    expect(calls).toEqual([]);
  });

  it('finds nothing running after a release', async () => {
    const { mechanism, document } = await released();
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });
});

describe('revert', () => {
  it('points the alias at the good version and clears the weights', async () => {
    const { world, mechanism } = stage();
    world.canary(world.publish(BAD), 0.1);
    const document = await stopped(mechanism, await planned(mechanism, TARGET));
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(world.live).toMatchObject({ FunctionVersion: '1' });
    expect(world.live).not.toHaveProperty('RoutingConfig');
  });

  it('continues if only the weights of the same rollout changed', async () => {
    const { world, mechanism } = stage();
    world.canary(world.publish(BAD), 0.1);
    const document = await planned(mechanism, TARGET);
    world.canary('2', 0.5);
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
  });

  it('leaves a canary of the fix in place, and says so', async () => {
    const { world, mechanism, document, accepted } = await released();
    world.canary(world.publish(GOOD), 0.1);
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'the alias was changed to 2 90%, 3 10% after the plan was made; Lastgood leaves it',
    });
    expect(accepted).not.toContain('UpdateAlias');
  });

  it('reads only whether the good version can be invoked: the revision id locks the alias', async () => {
    const { mechanism, document, calls } = await released();
    calls.length = 0;
    await mechanism.revert(document);
    expect(calls).toEqual(['GetFunctionConfiguration', 'UpdateAlias']);
  });

  it('loses to a change of the alias directly before its write', async () => {
    const { world, clients, lambda, document } = await released();
    const mechanism = createMechanism({
      ...clients,
      lambda: {
        ...lambda,
        pointAt: (...to) => {
          if (world.live.FunctionVersion === '2') world.update({ FunctionVersion: world.publish(GOOD) });
          return lambda.pointAt(...to);
        },
      },
    });
    expect(await mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('to 3') as string,
    });
    expect(world.live.FunctionVersion).toBe('3');
  });

  it('loses to a second change, after that of the weights', async () => {
    const { world, clients, lambda, document } = await released();
    world.canary('1', 0.1);
    const plan = { ...document.plan, memo: { ...document.plan.memo, versions: ['1', '2'] } };
    const mechanism = createMechanism({
      ...clients,
      lambda: {
        ...lambda,
        alias: async (name) => {
          const read = await lambda.alias(name);
          if (world.live.FunctionVersion === '2')
            world.update({ FunctionVersion: world.publish(GOOD), RoutingConfig: {} });
          return read;
        },
      },
    });
    expect(await mechanism.revert({ ...document, plan })).toMatchObject({ state: 'failed' });
    expect(world.live.FunctionVersion).toBe('3');
  });

  it('moves nobody to a version that cannot be invoked', async () => {
    const { world, mechanism, document, calls } = await released();
    world.lambda.let('checkout', '1', 'Failed');
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'passed over checkout:1: it is Failed',
    });
    expect(calls).not.toContain('UpdateAlias');
  });

  it('fails if the version was deleted after the plan', async () => {
    const { world, mechanism, document } = await released();
    world.call('DeleteFunction', { FunctionName: 'checkout', Qualifier: '1' });
    expect(await mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: 'passed over checkout:1: it was deleted',
    });
  });

  it('fails if the version is deleted directly before the write', async () => {
    const { world, clients, lambda, document } = await released();
    const pointAt: typeof lambda.pointAt = (...to) => {
      world.call('DeleteFunction', { FunctionName: 'checkout', Qualifier: '1' });
      return lambda.pointAt(...to);
    };
    expect(
      await createMechanism({ ...clients, lambda: { ...lambda, pointAt } }).revert(document),
    ).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('ResourceNotFoundException') as string,
    });
  });

  it('is retried while another operation is in progress', async () => {
    const { clients, lambda, document } = await released();
    const conflict = Object.assign(new Error('busy'), { name: 'ResourceConflictException' });
    const mechanism = createMechanism({
      ...clients,
      lambda: { ...lambda, pointAt: () => Promise.reject(conflict) },
    });
    await expect(mechanism.revert(document)).rejects.toMatchObject({ name: 'Unavailable' });
  });
});

describe('settled', () => {
  it('at once without provisioned concurrency', async () => {
    const { mechanism, document } = await released();
    expect(await mechanism.settled(await started(mechanism, document))).toEqual({
      state: 'settled',
      summary: 'the alias live points at checkout:1 and at nothing else',
    });
  });

  it('and is not read again: then only the alias can change', async () => {
    const { mechanism, document, world, calls } = await released();
    const back = await started(mechanism, document);
    const first = await mechanism.settled(back);
    const settled = { ...(first as Extract<typeof first, { state: 'settled' }>), at: world.clock.iso() };
    calls.length = 0;
    expect(await mechanism.settled({ ...back, settled })).toEqual(first);
    expect(calls).toEqual(['GetAlias']);
  });

  it('only after an inactive version is active', async () => {
    const { world, mechanism, document } = await released();
    world.lambda.let('checkout', '1', 'Inactive');
    const back = await started(mechanism, document);
    expect(await mechanism.settled(back)).toMatchObject({ state: 'pending' });
    world.lambda.callers.serve(1, world.clock.now());
    expect(await mechanism.settled(back)).toMatchObject({ state: 'pending' });
    await world.pass(60);
    expect(await mechanism.settled(back)).toMatchObject({ state: 'settled' });
  });

  it('failed if the version cannot be invoked', async () => {
    const { world, mechanism, document } = await released();
    const back = await started(mechanism, document);
    world.lambda.let('checkout', '1', 'Failed');
    expect(await mechanism.settled(back)).toEqual({ state: 'failed', reason: 'checkout:1 is Failed' });
  });

  it('failed if Lambda cannot provision the good version, and still serves the bad one', async () => {
    const set = stage();
    set.world.provision();
    set.world.update({ FunctionVersion: set.world.publish(BAD) });
    await set.world.pass(200);
    const back = await started(set.mechanism, await planned(set.mechanism, TARGET));
    const mechanism = createMechanism({
      ...set.clients,
      lambda: { ...set.lambda, provisioned: () => Promise.resolve('FAILED') },
    });
    expect(await mechanism.settled(back)).toEqual({
      state: 'failed',
      reason: 'Lambda could not provision checkout:1, and still serves checkout:2',
    });
  });

  it('pending while Lambda still shows the alias as it was', async () => {
    const { clients, lambda, mechanism, document } = await released();
    const stale = (await lambda.alias({ functionName: 'checkout', alias: 'live' }))!;
    const back = await started(mechanism, document);
    const late = createMechanism({
      ...clients,
      lambda: { ...lambda, alias: () => Promise.resolve(stale) },
    });
    expect(await late.settled(back)).toMatchObject({ state: 'pending' });
  });

  it('overtaken by a canary of the fix, which it names', async () => {
    const { world, mechanism, document } = await released();
    const back = await started(mechanism, document);
    world.canary(world.publish(GOOD), 0.1);
    expect(await mechanism.settled(back)).toMatchObject({ state: 'overtaken', by: 'checkout:3' });
  });

  it('failed if the alias is gone', async () => {
    const { clients, lambda, mechanism, document } = await released();
    const back = await started(mechanism, document);
    const without = createMechanism({
      ...clients,
      lambda: { ...lambda, alias: () => Promise.resolve(null) },
    });
    expect(await without.settled(back)).toMatchObject({ state: 'failed', isGone: true });
    // Its revision id changed with the way back.
    expect(await without.revert(back)).toMatchObject({
      state: 'failed',
      reason: 'there is no such alias any more',
    });
  });
});
