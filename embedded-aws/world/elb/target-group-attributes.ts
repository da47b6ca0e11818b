import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
  TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../service.ts';
import { READ, WRITE } from './limits.ts';
import { readOnly } from './access.ts';
import { findTargetGroup, tagsOf, type ElbState, type TargetGroup } from './state.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
export function defaultAttributes(): Map<string, string> {
  return new Map([
    ['deregistration_delay.timeout_seconds', '300'],
    ['stickiness.enabled', 'false'],
    ['stickiness.type', 'lb_cookie'],
    ['stickiness.lb_cookie.duration_seconds', '86400'],
    ['slow_start.duration_seconds', '0'],
    ['load_balancing.algorithm.type', 'round_robin'],
    ['load_balancing.cross_zone.enabled', 'use_load_balancer_configuration'],
    ['target_group_health.unhealthy_state_routing.minimum_healthy_targets.count', '1'],
    ['target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage', 'off'],
  ]);
}

const MAX_DELAY_SECONDS = 3600;

export function targetGroupAttributeOperations(state: ElbState) {
  return {
    DescribeTargetGroupAttributes: {
      bucket: READ,
      authorize: readOnly('DescribeTargetGroupAttributes'),
      run: ({ TargetGroupArn }: DescribeTargetGroupAttributesInput): DescribeTargetGroupAttributesOutput => ({
        Attributes: attributesOf(findTargetGroup(state, TargetGroupArn)),
      }),
    },
    ModifyTargetGroupAttributes: {
      bucket: WRITE,
      authorize: ({ TargetGroupArn = '' }: ModifyTargetGroupAttributesInput) => [
        {
          action: 'elasticloadbalancing:ModifyTargetGroupAttributes',
          resource: TargetGroupArn,
          tags: tagsOf(state, TargetGroupArn),
        },
      ],
      run: (input: ModifyTargetGroupAttributesInput) => modify(state, input),
    },
  };
}

function modify(state: ElbState, input: ModifyTargetGroupAttributesInput): ModifyTargetGroupAttributesOutput {
  const group = findTargetGroup(state, input.TargetGroupArn);
  const wanted = input.Attributes ?? [];
  for (const attribute of wanted) check(group, attribute);
  for (const { Key = '', Value = '' } of wanted) group.attributes.set(Key, Value);
  return { Attributes: attributesOf(group) };
}

function check({ attributes }: TargetGroup, { Key = '', Value = '' }: TargetGroupAttribute): void {
  if (!attributes.has(Key))
    throw new AwsError(
      'InvalidConfigurationRequest',
      `Target group attribute key '${Key}' is not recognized`,
    );
  if (Key !== 'deregistration_delay.timeout_seconds') return;
  const seconds = Value === '' ? NaN : Number(Value);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_DELAY_SECONDS)
    throw new AwsError(
      'InvalidConfigurationRequest',
      `'${Key}' must be between 0 and ${MAX_DELAY_SECONDS} seconds`,
    );
}

function attributesOf({ attributes }: TargetGroup): TargetGroupAttribute[] {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}
