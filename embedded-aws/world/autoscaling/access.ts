import type { Access } from '../service.ts';
import { arn } from '../aws.ts';
import { findGroup, type AutoScalingState } from './state.ts';

/*
 * Which questions an operation asks of IAM, as in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 */

/** Reading has no resource-level permissions. */
export function reading(action: string) {
  return (): readonly Access[] => [{ action: `autoscaling:${action}`, resource: '*' }];
}

/** A group that does not exist has no tags, so that a policy which asks for one denies. */
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
