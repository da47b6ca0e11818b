import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ALARM_TYPES, alarmsIn, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import type { Client } from './cloudwatch.ts';

/** What is in ALARM now. */
export interface RedAlarms {
  readonly metricAlarms: readonly MetricAlarm[];
  /** Of every type. */
  readonly all: readonly AnyAlarm[];
  /** False: one page does not hold them all. */
  readonly isComplete: boolean;
}

/**
 * Reads what is in ALARM now. By state and not by name: one call tells of the alarm that triggered us and of all others.
 * In a storm the first hundred are many enough. Of every type, because a composite alarm can trigger us as well.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function readRed(client: Client): Promise<RedAlarms> {
  const answer = await client.send(
    new DescribeAlarmsCommand({
      StateValue: 'ALARM',
      AlarmTypes: ALARM_TYPES,
      MaxRecords: MAX_ALARMS_PER_CALL,
    }),
  );
  const { MetricAlarms: metricAlarms = [], NextToken } = answer;
  return { metricAlarms, all: alarmsIn(answer), isComplete: NextToken === undefined };
}
