import { describe, expect, it } from 'vitest';
import { kind } from '../../../../../src/targets/kinds/asg/target.ts';
import { InvalidRequest } from '../../../../../src/rollback/errors.ts';
import { readDeployment } from '../../../../../src/targets/deployment.ts';

function event(what: string, detail: unknown = { AutoScalingGroupName: 'web', InstanceRefreshId: 'r-1' }) {
  return {
    id: '1',
    source: 'aws.autoscaling',
    'detail-type': `EC2 Auto Scaling Instance Refresh ${what}`,
    account: '111122223333',
    region: 'eu-west-1',
    time: '2026-11-22T02:00:00Z',
    resources: [],
    detail,
  };
}

describe('targets of Auto Scaling groups', () => {
  it.each(['web-fleet', 'web/fleet', 'Web_Fleet.1', 'a'.repeat(255)])('accepts the name %s', (name) => {
    expect(kind.problemOf(name)).toBeNull();
  });

  it.each(['', 'web fleet', 'web:fleet', 'wéb', 'a'.repeat(256)])('refuses the name %j', (name) => {
    expect(kind.problemOf(name)).not.toBeNull();
  });

  it('reads the name from an ARN', () => {
    const arn = 'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:930d940e:autoScalingGroupName';
    expect(kind.fromArn(`${arn}/web`)).toBe('web');
    expect(kind.fromArn(`${arn}/a group`)).toBeNull();
    expect(kind.fromArn('arn:aws:ecs:eu-west-1:111122223333:service/prod/web')).toBeNull();
  });

  it('reads the name from the dimensions of an alarm', () => {
    expect(kind.fromDimensions({ AutoScalingGroupName: 'web' })).toBe('web');
    expect(kind.fromDimensions({ AutoScalingGroupName: 'a group' })).toBeNull();
    expect(kind.fromDimensions({ ClusterName: 'prod' })).toBeNull();
  });

  it.each([
    ['Started', 'started'],
    ['Succeeded', 'completed'],
    ['Failed', 'failed'],
    ['Rollback Succeeded', 'completed'],
    ['Rollback Failed', 'failed'],
  ])('reads the event "%s" as %s', (what, state) => {
    expect(kind.fromDeploymentEvent(event(what))).toMatchObject({
      target: 'asg:web',
      deployment: 'r-1',
      state,
      at: '2026-11-22T02:00:00Z',
    });
  });

  it.each(['Cancelled', 'Rollback Started', 'Checkpoint Reached', 'toString'])(
    'has nothing to say of the event "%s"',
    (what) => {
      expect(kind.fromDeploymentEvent(event(what))).toBeNull();
    },
  );

  const NAMES = { AutoScalingGroupName: 'web', InstanceRefreshId: 'r-1' };

  it.each([
    [null, 'detail'],
    ['text', 'detail'],
    [[NAMES], 'detail'],
    [{}, 'detail.AutoScalingGroupName'],
    [{ ...NAMES, AutoScalingGroupName: 7 }, 'detail.AutoScalingGroupName'],
    [{ ...NAMES, AutoScalingGroupName: 'web:fleet' }, 'detail.AutoScalingGroupName'],
    [{ ...NAMES, AutoScalingGroupName: 'a'.repeat(256) }, 'detail.AutoScalingGroupName'],
    [{ ...NAMES, InstanceRefreshId: undefined }, 'detail.InstanceRefreshId'],
    [{ ...NAMES, InstanceRefreshId: '' }, 'detail.InstanceRefreshId'],
  ])('rejects the detail %j by its field, %s', (detail, field) => {
    expect(readDeployment(event('Failed', detail))).toMatchObject({ kind: 'rejected', field });
    expect(() => kind.fromDeploymentEvent(event('Succeeded', detail))).toThrow(InvalidRequest);
  });

  it('ignores the content of an event without an end', () => {
    expect(kind.fromDeploymentEvent(event('Cancelled', null))).toBeNull();
  });

  it('ignores a group whose name no target can have', () => {
    expect(kind.fromDeploymentEvent(event('Failed', { ...NAMES, AutoScalingGroupName: 'a b' }))).toBeNull();
  });
});
