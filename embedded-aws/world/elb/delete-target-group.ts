import type {
  DeleteTargetGroupInput,
  DeleteTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../service.ts';
import { WRITE } from './limits.ts';
import { findTargetGroup, tagsOf, type ElbState, reroute } from './state.ts';

export function deleteTargetGroupOperation(state: ElbState) {
  return {
    DeleteTargetGroup: {
      bucket: WRITE,
      authorize: ({ TargetGroupArn = '' }: DeleteTargetGroupInput) => [
        {
          action: 'elasticloadbalancing:DeleteTargetGroup',
          resource: TargetGroupArn,
          tags: tagsOf(state, TargetGroupArn),
        },
      ],
      run: (input: DeleteTargetGroupInput) => remove(state, input),
    },
  };
}

/**
 * Deletes a target group and ends its health checks. Refuses while a rule names it, with any weight. The answer for an
 * unknown group is not documented; here it is not found.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html
 */
function remove(state: ElbState, { TargetGroupArn }: DeleteTargetGroupInput): DeleteTargetGroupOutput {
  const { arn, targets } = findTargetGroup(state, TargetGroupArn);
  if (state.rules.isUsed(arn))
    throw new AwsError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`);
  for (const { timer } of targets.values()) timer?.cancel();
  state.targetGroups.delete(arn);
  reroute(state);
  state.tags.delete(arn);
  return {};
}
