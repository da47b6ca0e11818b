import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmGauge } from '../../src/aws/alarm-gauge.ts';
import type { Span } from '../../src/aws/metric-answer.ts';
import type { Rollback } from '../../src/rollback/document.ts';
import type { Chart } from '../../src/report/material.ts';

type Client = Pick<CloudWatchClient, 'send'>;

/**
 * Returns the chart of the alarm that decided. Null: no alarm did, or it is a composite alarm, has no data, or is of
 * another account.
 */
export async function alarmChart(client: Client, document: Rollback, span: Span): Promise<Chart | null> {
  const { verdict, request } = document;
  const { trigger } = verdict?.decidedBy ?? request;
  if (trigger?.type !== 'alarm') return null;
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [trigger.alarm] }));
  const [alarm] = MetricAlarms;
  if (alarm === undefined || (trigger.arn !== undefined && alarm.AlarmArn !== trigger.arn)) return null;
  const gauge = await alarmGauge(client, alarm, span);
  if (gauge === null) return null;
  const { measures, unit, series, limit } = gauge;
  return {
    title: `Alarm ${alarm.AlarmName ?? ''}`,
    ...{ measures, unit },
    lines: [{ name: 'measured', role: 'all', series }],
    ...(limit !== undefined && { limit }),
  };
}
