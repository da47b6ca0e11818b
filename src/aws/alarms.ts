import {
  DescribeAlarmsCommand,
  type AlarmType,
  type CloudWatchClient,
  type CompositeAlarm,
  type DescribeAlarmsOutput,
  type LogAlarm,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';

/**
 * All types of alarms: CloudWatch tells of metric alarms alone where nobody names the others, and what it does not tell of
 * would look deleted. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export const ALARM_TYPES: AlarmType[] = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

export type AnyAlarm = MetricAlarm | CompositeAlarm | LogAlarm;

/** The alarms in an answer of DescribeAlarms, whatever their types. */
export function alarmsIn({
  MetricAlarms = [],
  CompositeAlarms = [],
  LogAlarms = [],
}: DescribeAlarmsOutput): readonly AnyAlarm[] {
  return [...MetricAlarms, ...CompositeAlarms, ...LogAlarms];
}

/** DescribeAlarms takes and gives at most 100 alarms. */
export const MAX_ALARMS_PER_CALL = 100;

/** The alarms of these names, MAX_ALARMS_PER_CALL at most, as far as they are there. One call. */
export async function alarmsNamed(
  client: Pick<CloudWatchClient, 'send'>,
  names: readonly string[],
): Promise<readonly AnyAlarm[]> {
  const command = new DescribeAlarmsCommand({
    AlarmNames: [...names],
    AlarmTypes: ALARM_TYPES,
    MaxRecords: MAX_ALARMS_PER_CALL,
  });
  return alarmsIn(await client.send(command));
}
