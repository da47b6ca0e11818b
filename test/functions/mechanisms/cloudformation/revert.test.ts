import { describe, expect, it } from 'vitest';
import { createMechanism } from '../../../../functions/mechanisms/cloudformation/mechanism.ts';
import type { CloudFormation } from '../../../../functions/mechanisms/cloudformation/cloudformation.ts';
import type { StackWorld } from '@lastgood/embedded-aws/test/world/cloudformation-world.ts';
import { planned, started } from '../../../contract/walk.ts';
import { rest, stage, TARGET } from './stage.ts';

const monitoringMinutes = 30;

async function updating(more: Parameters<StackWorld['moves']>[1] = {}) {
  const set = await stage({ monitoringMinutes });
  set.world.update('v2', { changes: [set.world.moves('v2', more)] });
  await set.world.pass(60);
  return { ...set, document: await planned(set.mechanism, TARGET) };
}

describe('a cancelled update', () => {
  it('is cancelled with a token of the execution and the rung', async () => {
    const { world, mechanism, document } = await updating();
    expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: 'deploy-v2' });
    const { StackEvents = [] } = world.call('DescribeStackEvents', { StackName: 'shop' });
    const begun = StackEvents.find(({ ResourceStatus }) => /ROLLBACK/.test(ResourceStatus ?? ''));
    expect(begun?.ClientRequestToken).toBe('lastgood-1-cancel-update');
  });

  it('that completed first is left, and the status decides', async () => {
    const { world, mechanism, document, writes } = await updating();
    await rest(world);
    expect(await mechanism.revert(document)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/completed before it could be rolled back/) as string,
    });
    expect(writes()).toEqual([]);
  });

  it('that another one cancelled is joined', async () => {
    const { world, mechanism, document, writes } = await updating();
    world.call('CancelUpdateStack', { StackName: 'shop' });
    expect(await mechanism.revert(document)).toMatchObject({ state: 'joined' });
    expect(writes()).toEqual([]);
  });

  it('whose request came through although the answer was lost goes on', async () => {
    const { cloudformation, ledger, document } = await updating();
    const known = Object.assign(new Error('exists'), { name: 'TokenAlreadyExistsException' });
    const late: CloudFormation = { ...cloudformation, cancel: () => Promise.reject(known) };
    const mechanism = createMechanism({ cloudformation: late, ledger, now: () => '' });
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(await mechanism.settled(await started(mechanism, document))).toMatchObject({ state: 'pending' });
  });

  it('that CloudFormation refuses in its own status fails, with its words', async () => {
    const { cloudformation, ledger, document } = await updating();
    const refusal = Object.assign(new Error('not now'), { name: 'ValidationError' });
    const deaf: CloudFormation = { ...cloudformation, cancel: () => Promise.reject(refusal) };
    const mechanism = createMechanism({ cloudformation: deaf, ledger, now: () => '' });
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'CloudFormation refused cancel-update: not now',
    });
  });

  it('is joined if a refusal shows that CloudFormation went back before the request', async () => {
    const { world, cloudformation, ledger, document } = await updating();
    const refusal = Object.assign(new Error('not now'), { name: 'ValidationError' });
    const late: CloudFormation = {
      ...cloudformation,
      cancel: () => {
        world.call('CancelUpdateStack', { StackName: 'shop' });
        return Promise.reject(refusal);
      },
    };
    const mechanism = createMechanism({ cloudformation: late, ledger, now: () => '' });
    expect(await mechanism.revert(document)).toMatchObject({ state: 'joined' });
  });
});

describe('a rollback that fails', () => {
  it('is continued once on the next rung', async () => {
    const { world, mechanism, document, writes } = await updating({
      undoFails: { reason: 'locked', times: 1 },
    });
    const first = await started(mechanism, document);
    await rest(world);
    expect(await mechanism.settled(first)).toMatchObject({
      state: 'failed',
      cure: expect.stringMatching(/continue-update-rollback/) as string,
    });
    const second = { ...document, rung: 1 };
    expect(await mechanism.revert(second)).toMatchObject({ state: 'started' });
    expect(await mechanism.revert(second)).toMatchObject({ state: 'started' });
    await rest(world);
    expect(await mechanism.settled({ ...first, rung: 1 })).toMatchObject({ state: 'settled' });
    expect([world.runs, writes()]).toEqual(['v1', ['CancelUpdateStack', 'ContinueUpdateRollback']]);
  });

  it('again is left to a person', async () => {
    const { world, mechanism, document, writes } = await updating({
      undoFails: { reason: 'locked', times: 2 },
    });
    await started(mechanism, document);
    await rest(world);
    await mechanism.revert({ ...document, rung: 1 });
    await rest(world);
    expect(await mechanism.revert({ ...document, rung: 1 })).toMatchObject({ state: 'failed' });
    expect(writes()).toEqual(['CancelUpdateStack', 'ContinueUpdateRollback']);
  });
});

describe('a stack', () => {
  it('in UPDATE_FAILED is rolled back with its own role', async () => {
    const set = await stage();
    set.world.update('v2', {
      disableRollback: true,
      changes: [set.world.moves('v2'), { logicalId: 'Topic', type: 'AWS::SNS::Topic', fails: 'no' }],
    });
    await set.world.pass(120);
    const document = await started(set.mechanism, await planned(set.mechanism, TARGET));
    await rest(set.world);
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'settled' });
    expect([set.world.runs, set.writes()]).toEqual(['v1', ['RollbackStack']]);
  });

  it('whose cleanup still runs is settled', async () => {
    const { world, mechanism, document } = await updating();
    const after = await started(mechanism, document);
    while (world.status() !== 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS') await world.pass(1);
    expect(await mechanism.settled(after)).toMatchObject({ state: 'settled' });
  });
});
