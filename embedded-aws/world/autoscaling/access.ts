import type { Access } from '../service.ts';
import { arn } from '../aws.ts';
import { findGroup, type AutoScalingState } from './state.ts';

/*
 * The IAM checks of each operation, as in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 */

/** Checks a read action, which has no resource-level permissions. */
export function reading(action: string) {
  return (): readonly Access[] => [{ action: `autoscaling:${action}`, resource: '*' }];
}

/** Checks a group and its tags. A group that does not exist has no tags, so a policy that requires one denies. */
export function onGroup(
  state: AutoScalingState,
  action: string,
  name = '',
  conditions: NonNullable<Access['conditions']> = {},
): Access {
  const group = findGroup(state, name);
  return {
    action: `autoscaling:${action}`,
    resource: group?.arn ?? arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${name}`),
    tags: Object.fromEntries([...(group?.tags ?? [])].map(([key, { value }]) => [key, value])),
    conditions,
  };
}
