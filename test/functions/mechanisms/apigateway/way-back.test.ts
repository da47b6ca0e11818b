import { BAD, GOOD } from '@lastgood/embedded-aws/test/world/apigateway-world.ts';
import { describe, expect, it } from 'vitest';
import { createMechanism } from '../../../../functions/mechanisms/apigateway/mechanism.ts';
import type { Memo } from '../../../../functions/mechanisms/apigateway/memo.ts';
import type { InReversion, OnRung } from '../../../../src/rollback/document.ts';
import { planned, started, stopped } from '../../../contract/walk.ts';
import { sideOf, stage, type Stage } from './stage.ts';

/** Releases a bad deployment with other variables, and plans the way back. */
async function released(): Promise<Stage & { readonly document: OnRung<Memo>; readonly bad: string }> {
  const set = stage();
  const bad = set.world.release(BAD, { variables: { backend: 'v2', flag: 'on' } });
  return { ...set, bad, document: await planned(set.mechanism, set.target) };
}

describe('stop', () => {
  it('leaves a canary to the call that points the stage back', async () => {
    const { world, mechanism, target, calls } = stage();
    world.canary(BAD, 10);
    const document = await planned(mechanism, target);
    calls.length = 0;
    expect(await mechanism.stop(document)).toMatchObject({ state: 'left-to-revert' });
    expect(calls).toEqual([]);
  });

  it('finds nothing running after a release', async () => {
    const { mechanism, document } = await released();
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });
});

describe('revert', () => {
  it('puts deployment and variables back in one call', async () => {
    const { world, mechanism, document, calls } = await released();
    calls.length = 0;
    expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: sideOf(world.first) });
    expect(calls).toEqual(['GetStage', 'UpdateStage']);
    expect(world.prod).toMatchObject({ deploymentId: world.first, variables: { backend: 'v1' } });
  });

  it('leaves a canary of the fix in place, and says so', async () => {
    const { world, mechanism, document, bad, accepted } = await released();
    const fix = world.canary(GOOD, 10);
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: `the stage was changed to ${bad}?backend=v2&flag=on 90%, ${fix}?backend=v2&flag=on 10% after the plan was made; Lastgood leaves it`,
    });
    expect(accepted).not.toContain('UpdateStage');
  });

  it('goes back from a canary that was promoted after the plan', async () => {
    const { world, mechanism, target } = stage();
    const bad = world.canary(BAD, 10, { backend: 'v2' });
    const document = await planned(mechanism, target);
    world.patch(
      { op: 'replace', path: '/variables/backend', value: 'v2' },
      { op: 'replace', path: '/deploymentId', value: bad },
    );
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(world.prod).toMatchObject({ deploymentId: world.first, variables: { backend: 'v1' } });
    expect(world.prod).not.toHaveProperty('canarySettings');
  });

  it('fails without a change if the deployment is deleted before the write', async () => {
    const { world, mechanism, document } = await released();
    world.call('DeleteDeployment', { restApiId: world.api, deploymentId: world.first });
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: expect.stringMatching(/^BadRequestException: /) as string,
    });
  });

  it('is retried while another change is in progress', async () => {
    const { clients, gateway, document } = await released();
    const conflict = Object.assign(new Error('busy'), { name: 'ConflictException' });
    const mechanism = createMechanism({
      ...clients,
      gateway: { ...gateway, patch: () => Promise.reject(conflict) },
    });
    await expect(mechanism.revert(document)).rejects.toMatchObject({ name: 'Unavailable' });
  });

  it('is dirty if API Gateway applied only a part of the change', async () => {
    const { clients, gateway, document, world } = await released();
    const mechanism = createMechanism({
      ...clients,
      gateway: { ...gateway, patch: (name, changes) => gateway.patch(name, changes.slice(0, 1)) },
    });
    expect(await mechanism.revert(document)).toMatchObject({ state: 'failed', touched: true });
    expect(world.prod.deploymentId).toBe(world.first);
    // And so is the next try, which finds that part.
    expect(await mechanism.revert(document)).toMatchObject({ state: 'failed', touched: true });
  });

  it('fails if the stage is gone', async () => {
    const { world, mechanism, document } = await released();
    world.call('DeleteStage', { restApiId: world.api, stageName: 'prod' });
    expect(await mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: 'there is no such stage any more',
    });
    const at = world.clock.iso();
    const reverted = { state: 'started', deployment: 'x', rung: 0, at, settleBy: at, left: [] } as const;
    expect(await mechanism.settled({ ...document, reverted })).toMatchObject({ isGone: true });
  });
});

describe('settled', () => {
  async function under(): Promise<Stage & { readonly document: InReversion<Memo>; readonly bad: string }> {
    const set = await released();
    return { ...set, document: await started(set.mechanism, await stopped(set.mechanism, set.document)) };
  }

  const back = (bad: string) =>
    [
      { op: 'replace', path: '/deploymentId', value: bad },
      { op: 'replace', path: '/variables/backend', value: 'v2' },
      { op: 'replace', path: '/variables/flag', value: 'on' },
    ] as const;

  it('waits a little where the stage still shows what it had', async () => {
    const { world, mechanism, document, bad } = await under();
    world.patch(...back(bad));
    const at = world.clock.iso();
    const late = { ...document, reverted: { ...document.reverted, at } };
    expect(await mechanism.settled(late)).toMatchObject({ state: 'pending' });
    await world.pass(31);
    expect(await mechanism.settled(late)).toMatchObject({ state: 'overtaken' });
  });

  it('is overtaken at once by what was put back after it had settled', async () => {
    const { world, mechanism, document, bad } = await under();
    const settled = { state: 'settled', summary: '' } as never;
    world.patch(...back(bad));
    expect(await mechanism.settled({ ...document, settled })).toMatchObject({
      state: 'overtaken',
      reason: expect.stringMatching(/put back after the rollback/) as string,
    });
  });

  it('is overtaken by a canary of the fix, and names it', async () => {
    const { world, mechanism, document } = await under();
    const fix = world.canary(GOOD, 5);
    expect(await mechanism.settled(document)).toMatchObject({ state: 'overtaken', by: sideOf(fix) });
  });
});
