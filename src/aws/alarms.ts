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
 * All types of alarms. Without a list of types CloudWatch returns metric alarms only, and the others would look
 * deleted.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export const ALARM_TYPES: AlarmType[] = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

export type AnyAlarm = MetricAlarm | CompositeAlarm | LogAlarm;

/** Returns the alarms of all types in an answer of DescribeAlarms. */
export function alarmsIn({
  MetricAlarms = [],
  CompositeAlarms = [],
  LogAlarms = [],
}: DescribeAlarmsOutput): readonly AnyAlarm[] {
  return [...MetricAlarms, ...CompositeAlarms, ...LogAlarms];
}

/**
 * Leaves out the alarms on Lastgood itself, which begin with the name of its stack. They say nothing about a target, and
 * start no rollback.
 */
export function withoutOwn<A extends AnyAlarm>(alarms: readonly A[], stack: string): readonly A[] {
  return alarms.filter(({ AlarmName = '' }) => !AlarmName.startsWith(`${stack}-`));
}

/** Says whether an alarm watches metrics, and not other alarms or logs. */
export function isMetricAlarm(alarm: AnyAlarm): alarm is MetricAlarm {
  return 'MetricName' in alarm || 'Metrics' in alarm;
}

/** DescribeAlarms accepts and returns at most 100 alarms. */
export const MAX_ALARMS_PER_CALL = 100;

/** Returns the existing alarms of these names, MAX_ALARMS_PER_CALL at most. One call. */
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
