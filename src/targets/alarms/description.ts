import type { CompositeAlarm, Dimension, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { onlyScales } from '../../aws/scaling-alarms.ts';
import { metersIn } from '../../aws/watched.ts';
import type { Alarm, Dimensions } from './alarm.ts';
import { firstBreach } from './first-breach.ts';
import { signOfForgery } from './forgery.ts';
import { accountIn, ownMetrics, type WatchedMetric } from './own-metrics.ts';
import { turnedIn, watchingIn } from './watching.ts';

/**
 * Reads an alarm in ALARM from DescribeAlarms. Returns null if it lacks its name or the time it turned.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
 *
 * AWS does not document that `StateTransitionedTimestamp` equals the time in the alarm's event to the millisecond. If
 * they differ, one turn has two ids, and its second rollback loses the claim or finds nothing to do.
 */
export function fromDescription(alarm: MetricAlarm | CompositeAlarm): Alarm | null {
  const { AlarmName: name, AlarmArn: arn, StateReason: reason, StateReasonData } = alarm;
  const turned = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  if (name === undefined || turned === undefined) return null;
  return {
    name,
    arn: arn ?? null,
    at: turned.toISOString(),
    timeField: 'StateTransitionedTimestamp',
    previously: null,
    onset: firstBreach(StateReasonData, reason),
    reason: reason ?? '',
    ...ownMetrics(metricsOf(alarm), accountIn(arn)),
    meters: 'AlarmRule' in alarm ? [] : metersIn(alarm),
    ...(onlyScales(alarm) && { onlyScales: true }),
    tags: null,
    forged: signOfForgery(watchingIn(alarm), turnedIn(alarm)),
    withheld: suppression(alarm),
  };
}

function metricsOf(alarm: MetricAlarm | CompositeAlarm): readonly WatchedMetric[] {
  if ('AlarmRule' in alarm) return [];
  const { Dimensions: ofMetric, Metrics = [] } = alarm as MetricAlarm;
  const inExpression = Metrics.map(({ MetricStat, AccountId }) => ({
    list: MetricStat?.Metric?.Dimensions,
    account: AccountId,
  }));
  return [{ list: ofMetric, account: undefined }, ...inExpression].flatMap(({ list, account }) =>
    list === undefined ? [] : [{ dimensions: toMap(list), account }],
  );
}

function toMap(dimensions: readonly Dimension[]): Dimensions {
  return Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
}

function suppression(alarm: MetricAlarm | CompositeAlarm): string | null {
  if (!('ActionsSuppressedBy' in alarm) || alarm.ActionsSuppressedBy === undefined) return null;
  return `suppressed by ${alarm.ActionsSuppressedBy}`;
}
