import type {
  AlarmType,
  CompositeAlarm,
  DescribeAlarmsOutput,
  LogAlarm,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';

/**
 * All types of alarms: CloudWatch tells of metric alarms alone where nobody names the others, and what it does not tell of
 * would look deleted. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export const ALARM_TYPES: AlarmType[] = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

/** The alarms in an answer of DescribeAlarms, whatever their types. */
export function alarmsIn({
  MetricAlarms = [],
  CompositeAlarms = [],
  LogAlarms = [],
}: DescribeAlarmsOutput): readonly (MetricAlarm | CompositeAlarm | LogAlarm)[] {
  return [...MetricAlarms, ...CompositeAlarms, ...LogAlarms];
}
