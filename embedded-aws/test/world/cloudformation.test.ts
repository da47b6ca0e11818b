import { describe, expect, it } from 'vitest';
import { AwsError } from '../../world/service.ts';
import { RED, ROLE, StackWorld } from './cloudformation-world.ts';

function refuse(): never {
  throw new AwsError('ResourceNotFoundException', 'Function not found: checkout:1', 404);
}

describe('an update of a stack', () => {
  it('changes its resources, is monitored, and deletes what it replaced', async () => {
    const shop = new StackWorld({ monitoringMinutes: 10 });
    shop.update('v2');
    expect(shop.runs).toBe('v2');
    await shop.pass(60);
    expect(shop.status()).toBe('UPDATE_IN_PROGRESS');
    await shop.pass(600);
    expect(shop.status()).toBe('UPDATE_COMPLETE');
    expect(shop.published()).toEqual([
      'CREATE_COMPLETE',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_COMPLETE',
    ]);
  });

  it('publishes the status with the token of its operation', () => {
    const shop = new StackWorld();
    shop.update('v2');
    expect(shop.events.at(-1)).toEqual({
      source: 'aws.cloudformation',
      'detail-type': 'CloudFormation Stack Status Change',
      resources: [shop.id],
      detail: {
        'stack-id': shop.id,
        'status-details': { status: 'UPDATE_IN_PROGRESS', 'status-reason': 'User Initiated' },
        'client-request-token': 'deploy-v2',
      },
    });
  });

  it('shows its parameters, its operation and its role', () => {
    const shop = new StackWorld({ roleArn: ROLE, triggers: [RED] }).withAlarm();
    shop.update('v2');
    const { RoleARN, Parameters, LastOperations, RollbackConfiguration } = shop.show();
    expect(RoleARN).toBe(ROLE);
    expect(Parameters?.[0]?.ParameterValue).toBe('v2');
    expect(LastOperations).toEqual([
      { OperationType: 'UPDATE_STACK', OperationId: expect.any(String) as string },
    ]);
    expect(RollbackConfiguration?.RollbackTriggers?.[0]?.Arn).toBe(RED);
    expect(shop.call('GetTemplate', { StackName: 'shop' }).TemplateBody).toContain('v2');
  });

  it('goes back when a resource fails, and takes the earlier configuration', async () => {
    const shop = new StackWorld();
    shop.update('v2', {
      changes: [shop.moves('v2'), { logicalId: 'Queue', type: 'AWS::SQS::Queue', fails: 'no' }],
    });
    await shop.pass(300);
    expect(shop.runs).toBe('v1');
    expect(shop.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(shop.show().Parameters?.[0]?.ParameterValue).toBe('v1');
  });

  it('goes back when a service refuses a change', async () => {
    const shop = new StackWorld();
    shop.update('v2', { changes: [{ ...shop.moves('v2'), apply: refuse }] });
    await shop.pass(300);
    expect([shop.runs, shop.status()]).toEqual(['v1', 'UPDATE_ROLLBACK_COMPLETE']);
  });

  it('is stuck when a service refuses the way back', async () => {
    const shop = new StackWorld({ monitoringMinutes: 10 });
    shop.update('v2', { changes: [{ ...shop.moves('v2'), undo: refuse }] });
    await shop.pass(120);
    shop.call('CancelUpdateStack', { StackName: 'shop' });
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v2', 'UPDATE_ROLLBACK_FAILED']);
  });

  it('goes back when an alarm turns in the monitoring time, and when an alarm is missing', async () => {
    const shop = new StackWorld({ triggers: [RED], monitoringMinutes: 10 }).withAlarm();
    shop.update('v2');
    await shop.pass(120);
    shop.alarm('ALARM');
    await shop.pass(20);
    expect(shop.status()).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
    const other = new StackWorld({ triggers: [RED] });
    other.update('v2');
    await other.pass(120);
    expect([other.status(), other.runs]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'v1']);
  });

  it('is refused while another one runs', () => {
    const shop = new StackWorld();
    shop.update('v2');
    expect(() => shop.update('v3')).toThrow(/UPDATE_IN_PROGRESS/);
  });
});

describe('CancelUpdateStack', () => {
  it('goes back, in the monitoring time too', async () => {
    const shop = new StackWorld({ monitoringMinutes: 10 });
    shop.update('v2');
    await shop.pass(120);
    shop.call('CancelUpdateStack', { StackName: shop.id, ClientRequestToken: 'undo' });
    expect(shop.status()).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v1', 'UPDATE_ROLLBACK_COMPLETE']);
    const tokens = shop
      .call('DescribeStackEvents', { StackName: 'shop' })
      .StackEvents?.map((one) => one.ClientRequestToken);
    expect(tokens).toContain('undo');
  });

  it('is refused in any other status, on a nested stack, in express mode and for a missing stack', async () => {
    const shop = new StackWorld();
    expect(shop.refusal('CancelUpdateStack')).toBe('ValidationError');
    expect(shop.refusal('CancelUpdateStack', { StackName: 'other' })).toBe('ValidationError');
    shop.update('v2', { mode: 'EXPRESS', changes: [shop.moves('v2'), shop.moves('v2')] });
    expect(shop.refusal('CancelUpdateStack')).toBe('ValidationError');
    const nested = new StackWorld({ root: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/root/1' });
    nested.update('v2');
    expect(nested.refusal('CancelUpdateStack')).toBe('ValidationError');
    await nested.pass(1);
  });

  it('knows a token again', () => {
    const shop = new StackWorld();
    shop.update('v2');
    const input = { StackName: 'shop', ClientRequestToken: 'undo' };
    expect(shop.refusal('CancelUpdateStack', input)).toBeNull();
    expect(shop.refusal('CancelUpdateStack', input)).toBe('TokenAlreadyExistsException');
  });
});

describe('a failed update', () => {
  const failing = (shop: StackWorld, more = {}) =>
    shop.update('v2', {
      ...{ disableRollback: true, ...more },
      changes: [shop.moves('v2'), { logicalId: 'Queue', type: 'AWS::SQS::Queue', fails: 'no' }],
    });

  it('stays without rollback, and RollbackStack restores the last stable state', async () => {
    const shop = new StackWorld({ roleArn: ROLE });
    failing(shop);
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v2', 'UPDATE_FAILED']);
    shop.call('RollbackStack', { StackName: 'shop' }, 'mechanism');
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v1', 'UPDATE_ROLLBACK_COMPLETE']);
    expect(shop.refusal('RollbackStack')).toBe('ValidationError');
  });

  it('is not rolled back in express mode, and with the credentials of the caller only if they suffice', async () => {
    const express = new StackWorld({ roleArn: ROLE });
    failing(express, { mode: 'EXPRESS' });
    await express.pass(120);
    expect(express.status()).toBe('UPDATE_FAILED');
    expect(express.refusal('RollbackStack')).toBe('ValidationError');
    const shop = new StackWorld();
    failing(shop);
    await shop.pass(120);
    shop.call('RollbackStack', { StackName: 'shop' }, 'mechanism');
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v2', 'UPDATE_ROLLBACK_FAILED']);
  });

  it('is left to a person where a rollback would delete the stack', () => {
    const shop = new StackWorld({ status: 'CREATE_FAILED' });
    expect(shop.refusal('RollbackStack')).toBe('UnknownOperationException');
  });
});

describe('a rollback that fails', () => {
  it('goes on with ContinueUpdateRollback, in that status alone', async () => {
    const shop = new StackWorld({ roleArn: ROLE });
    shop.update('v2', { changes: [shop.moves('v2', { undoFails: { reason: 'locked', times: 1 } })] });
    shop.call('CancelUpdateStack', { StackName: 'shop' });
    expect(shop.refusal('ContinueUpdateRollback')).toBe('ValidationError');
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v2', 'UPDATE_ROLLBACK_FAILED']);
    shop.call('ContinueUpdateRollback', { StackName: 'shop' }, 'mechanism');
    await shop.pass(120);
    expect([shop.runs, shop.status()]).toEqual(['v1', 'UPDATE_ROLLBACK_COMPLETE']);
  });
});

describe('the lists', () => {
  it('page events newest first, and name the status of every stack', async () => {
    const shop = new StackWorld();
    for (const version of Array.from({ length: 30 }, (_, at) => `v${at + 2}`)) {
      shop.update(version);
      await shop.pass(60);
    }
    const { StackEvents = [], NextToken } = shop.call('DescribeStackEvents', { StackName: 'shop' });
    expect(StackEvents).toHaveLength(100);
    expect(StackEvents[0]?.ResourceStatus).toBe('UPDATE_COMPLETE');
    const rest = shop.call('DescribeStackEvents', { StackName: 'shop', NextToken });
    expect(rest.StackEvents?.at(-1)?.ResourceStatus).toBe('CREATE_COMPLETE');
    const { StackSummaries } = shop.call('ListStacks', { StackStatusFilter: ['UPDATE_COMPLETE'] });
    expect(StackSummaries?.map(({ StackName }) => StackName)).toEqual(['shop']);
    expect(shop.call('ListStacks', { StackStatusFilter: ['UPDATE_FAILED'] }).StackSummaries).toEqual([]);
  });

  it('report the tags of stacks to the tagging API', () => {
    const shop = new StackWorld();
    shop.world.cloudformation.tag('shop', { lastgood: 'approve' });
    expect(shop.world.cloudformation.tagged()).toEqual([{ arn: shop.id, tags: { lastgood: 'approve' } }]);
    const [access] = shop.world.cloudformation.operations['CancelUpdateStack']!.authorize({
      StackName: 'shop',
    } as never);
    expect(access).toEqual({
      action: 'cloudformation:CancelUpdateStack',
      resource: shop.id,
      tags: { lastgood: 'approve' },
    });
  });
});
