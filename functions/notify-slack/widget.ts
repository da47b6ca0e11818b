import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { queriesOf } from './alarm-queries.ts';

/** Pixels. */
const SIZE = { width: 900, height: 300 };

/**
 * The widget that CloudWatch draws an alarm from: its metrics, and its threshold as a line. An alarm itself cannot be
 * named, as on dashboards. Null for what a widget has no words for: metrics of another account or of one unit only.
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

/** An id that no widget takes, as CloudWatch gives them to simple alarms, is one that nothing refers to. */
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
