import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { queriesOf } from '../../src/aws/alarm-queries.ts';

/** Pixels. */
const SIZE = { width: 900, height: 300 };

/**
 * Returns the widget from which CloudWatch draws an alarm: its metrics, and its threshold as a line. Unlike a
 * dashboard, the API accepts no alarm by name. Returns null for metrics of another account or of one unit only, which a
 * widget cannot name.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
 * @param start relative, such as `-PT30M`
 */
export function widgetOf(alarm: MetricAlarm, start: string): object | null {
  const queries = queriesOf(alarm);
  if (queries.some(({ AccountId, MetricStat }) => AccountId !== undefined || MetricStat?.Unit !== undefined))
    return null;
  const { AlarmName: title, Threshold: value } = alarm;
  return {
    ...SIZE,
    ...{ title, start, metrics: queries.map(rowOf) },
    ...(value !== undefined && { annotations: { horizontal: [{ label: 'threshold', value }] } }),
  };
}

/**
 * Leaves out an id that a widget refuses. CloudWatch gives such ids to simple alarms, and no expression refers to them.
 */
function rowOf({ Id, Label, Expression, MetricStat, ReturnData }: MetricDataQuery): readonly unknown[] {
  const options = {
    ...(Id !== undefined && /^[a-z]\w*$/.test(Id) && { id: Id }),
    ...(Label !== undefined && { label: Label }),
    visible: ReturnData !== false,
  };
  if (Expression !== undefined) return [{ ...options, expression: Expression }];
  const { Metric: { Namespace, MetricName, Dimensions = [] } = {}, Stat, Period } = MetricStat ?? {};
  const dimensions = Dimensions.flatMap(({ Name, Value }) => [Name, Value]);
  return [Namespace, MetricName, ...dimensions, { ...options, stat: Stat, period: Period }];
}
