import { describe, expect, it } from 'vitest';
import { kind } from '../../../../../src/targets/kinds/cloudformation/target.ts';
import { tokenOf } from '../../../../../src/targets/kinds/cloudformation/token.ts';
import type { BusEvent } from '../../../../../src/targets/kind.ts';

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6f1a2b3c-0a1b-0a1b-0a1b-0a1b2c3d4e5f';

function event(status: string, token?: string): BusEvent {
  return {
    ...{ id: 'e1', source: 'aws.cloudformation', 'detail-type': 'CloudFormation Stack Status Change' },
    ...{ account: '111122223333', region: 'eu-west-1', time: '2026-11-22T02:00:00Z', resources: [STACK] },
    detail: {
      'stack-id': STACK,
      'status-details': { status, 'status-reason': 'because' },
      ...(token !== undefined && { 'client-request-token': token }),
    },
  };
}

describe('a status event', () => {
  it.each([
    ['UPDATE_COMPLETE', 'completed'],
    ['CREATE_COMPLETE', 'completed'],
    ['UPDATE_FAILED', 'failed'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'failed'],
    ['UPDATE_ROLLBACK_FAILED', 'failed'],
  ])('%s says that an update %s', (status, state) => {
    expect(kind.fromDeploymentEvent(event(status, 'deploy-1'))).toEqual({
      ...{ target: 'cloudformation:shop', deployment: 'deploy-1', state },
      ...{ at: '2026-11-22T02:00:00Z', reason: 'because' },
    });
  });

  it.each([
    'UPDATE_ROLLBACK_COMPLETE',
    'UPDATE_IN_PROGRESS',
    'DELETE_COMPLETE',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'REVIEW_IN_PROGRESS',
  ])('%s says nothing of an update', (status) =>
    expect(kind.fromDeploymentEvent(event(status, 'deploy-1'))).toBeNull(),
  );

  it('without a token is read only if the update failed', () => {
    expect(kind.fromDeploymentEvent(event('UPDATE_COMPLETE'))).toBeNull();
    expect(kind.fromDeploymentEvent(event('UPDATE_FAILED'))).toMatchObject({ deployment: 'e1' });
  });

  it('of a way back of Lastgood is not read', () => {
    const token = tokenOf(
      'arn:aws:states:eu-west-1:111122223333:execution:lastgood:on_alarm.1',
      'cancel-update',
    );
    expect(token).toBe('lastgood-on-alarm-1-cancel-update');
    expect(tokenOf(`arn:${'x'.repeat(300)}`, 'continue-rollback')).toHaveLength(128);
    expect(kind.fromDeploymentEvent(event('UPDATE_ROLLBACK_IN_PROGRESS', token))).toBeNull();
  });

  it('of another service is not read, and one without its stack is refused', () => {
    expect(kind.fromDeploymentEvent({ ...event('UPDATE_COMPLETE', 'a'), source: 'aws.ecs' })).toBeNull();
    const detail = { 'status-details': { status: 'UPDATE_FAILED' } };
    expect(() => kind.fromDeploymentEvent({ ...event('UPDATE_FAILED'), detail })).toThrow(/stack-id/);
  });
});

describe('a name', () => {
  it('is that of a stack', () => {
    expect(kind.problemOf('shop-1')).toBeNull();
    expect(kind.problemOf('1shop')).toMatch(/root stack/);
    expect(kind.fromArn(STACK)).toBe('shop');
    expect(kind.fromArn('arn:aws:cloudformation:eu-west-1:111122223333:stackset/shop:1')).toBeNull();
    expect(kind.fromDimensions({ StackName: 'shop' })).toBeNull();
  });
});
