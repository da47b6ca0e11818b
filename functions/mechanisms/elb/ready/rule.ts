import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GroupCheck } from '../../../../src/aws/group-settings.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ELB } from '../../../../src/readiness/ids/elb.ts';
import { nameOf } from '../split.ts';

const find = findIn(ELB);

/** Both sides must be asked alike: a shallow check of the old side proves less than the users expect. */
export function ofHealthChecks(checks: readonly GroupCheck[]): readonly Finding[] {
  const [first, ...others] = checks;
  const other = others.find(({ asks }) => asks !== first?.asks);
  if (first === undefined || other === undefined) return [];
  return [
    find(
      'checks-differ',
      `The health checks of ${nameOf(first.arn)} (${first.asks}) and ${nameOf(other.arn)} (${other.asks}) differ, so a healthy target means less on one side.`,
      `Give both the same: aws elbv2 modify-target-group --target-group-arn ${other.arn} --health-check-path PATH.`,
    ),
  ];
}

/**
 * Looks at the stickiness of target groups: with one longer than the soak, users of the old side meet the release only
 * after it was proven.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html
 */
export function ofStickiness(actions: readonly Action[], soakMinutes: number): readonly Finding[] {
  const sticky = actions.flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig ?? []);
  const longest = Math.max(
    0,
    ...sticky.map(({ Enabled, DurationSeconds = 0 }) => (Enabled === true ? DurationSeconds : 0)),
  );
  if (longest <= soakMinutes * 60) return [];
  return [
    find(
      'sticky-too-long',
      `Users stay on their target group for ${longest} seconds, and a release is proven after ${soakMinutes} minutes, before they have met it.`,
      'Make the stickiness of the listener or rule shorter than the tag lastgood:soak, or switch it off.',
    ),
  ];
}
