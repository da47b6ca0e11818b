import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ALARM_TYPES, alarmsIn, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import type { Client } from './cloudwatch.ts';

/** The alarms in ALARM now. */
export interface RedAlarms {
  readonly metricAlarms: readonly MetricAlarm[];
  /** Alarms of every type. */
  readonly all: readonly AnyAlarm[];
  /** False: there are more than one page holds. */
  readonly isComplete: boolean;
}

/** Reads the alarms in ALARM now. */
export type ReadRed = () => Promise<RedAlarms>;

/**
 * Reads them from CloudWatch. One call by state finds the triggering alarm and all others. In a storm the first hundred
 * are enough. It reads every type, because a composite alarm can trigger a rollback as well.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function createReadRed(client: Client): ReadRed {
  return async () => {
    const answer = await client.send(
      new DescribeAlarmsCommand({
        StateValue: 'ALARM',
        AlarmTypes: ALARM_TYPES,
        MaxRecords: MAX_ALARMS_PER_CALL,
      }),
    );
    const { MetricAlarms: metricAlarms = [], NextToken } = answer;
    return { metricAlarms, all: alarmsIn(answer), isComplete: NextToken === undefined };
  };
}
