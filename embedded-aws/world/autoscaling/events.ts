import type { Group, Refresh } from './model.ts';
import type { AutoScalingState } from './state.ts';

type What =
  | 'Started'
  | 'Succeeded'
  | 'Failed'
  | 'Cancelled'
  | 'Checkpoint Reached'
  | 'Rollback Started'
  | 'Rollback Succeeded'
  | 'Rollback Failed';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-eventbridge-events.html */
export function publish({ emit }: AutoScalingState, { name, arn }: Group, { id }: Refresh, what: What): void {
  emit({
    source: 'aws.autoscaling',
    'detail-type': `EC2 Auto Scaling Instance Refresh ${what}`,
    resources: [arn],
    detail: { InstanceRefreshId: id, AutoScalingGroupName: name },
  });
}
