import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { ACCOUNT, REGION } from '../aws.ts';
import { stamp, type Alarm, type AlarmState, type MetricAlarm } from './alarms.ts';
import { dimensionsOf } from './queries.ts';
import { watched } from './verdict.ts';

/** One change of state, the source of all messages. */
export interface Transition {
  readonly alarm: Alarm;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** The text that an alarm publishes to an SNS topic. */
export interface Publication {
  readonly Subject: string;
  readonly Message: string;
}

/**
 * Returns `detail` of the event `CloudWatch Alarm State Change`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function eventDetail({ alarm, from, to }: Transition): Readonly<Record<string, unknown>> {
  return {
    alarmName: alarm.name,
    state: stateIn(to),
    previousState: stateIn(from),
    configuration: configuration(alarm),
    ...propagated(alarm, 'alarmTags', 'alarmTagsStatus', (tags) => Object.fromEntries(tags)),
  };
}

/**
 * Returns the payload for a Lambda function that is an alarm's action.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html The page on tags says
 * that they are included, without a position. Beside the state is assumed.
 */
export function lambdaPayload(transition: Transition): Readonly<Record<string, unknown>> {
  return {
    source: 'aws.cloudwatch',
    alarmArn: transition.alarm.arn,
    accountId: ACCOUNT,
    time: stamp(transition.to.at),
    region: REGION,
    alarmData: eventDetail(transition),
  };
}

function stateIn({ value, reason, reasonData, at }: AlarmState) {
  return { value, reason, ...(reasonData === undefined ? {} : { reasonData }), timestamp: stamp(at) };
}

function configuration(alarm: Alarm) {
  const description = alarm.description === undefined ? {} : { description: alarm.description };
  if (alarm.type === 'CompositeAlarm') return { ...description, alarmRule: alarm.settings.AlarmRule };
  return { ...description, metrics: metricsOf(alarm).map(queryIn) };
}

function metricsOf({ settings, metricId }: MetricAlarm): readonly MetricDataQuery[] {
  const { queries } = watched(settings);
  return settings.Metrics === undefined ? queries.map((query) => ({ ...query, Id: metricId })) : queries;
}

function queryIn({ Id, Expression, Label, MetricStat, ReturnData, Period }: MetricDataQuery) {
  return {
    id: Id,
    ...(Expression === undefined ? {} : { expression: Expression }),
    ...(Label === undefined ? {} : { label: Label }),
    ...(Period === undefined ? {} : { period: Period }),
    ...(MetricStat === undefined ? {} : { metricStat: metricStatIn(MetricStat) }),
    returnData: ReturnData ?? true,
  };
}

function metricStatIn({ Metric, Period, Stat, Unit }: NonNullable<MetricDataQuery['MetricStat']>) {
  return {
    metric: {
      namespace: Metric?.Namespace,
      name: Metric?.MetricName,
      dimensions: dimensionsOf(Metric?.Dimensions),
    },
    period: Period,
    stat: Stat,
    ...(Unit === undefined ? {} : { unit: Unit }),
  };
}

/**
 * Returns the tags to propagate: only those that the alarm names, never AWS's own keys.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-tags-in-notifications.html
 */
export function propagated(
  { actionConfiguration, tags }: Alarm,
  tagsKey: string,
  statusKey: string,
  shape: (tags: readonly (readonly [string, string])[]) => unknown,
): Readonly<Record<string, unknown>> {
  const { Enabled, IncludedTagKeys, ExcludedTagKeys } = actionConfiguration?.AlarmTagsPropagation ?? {};
  if (Enabled !== true) return {};
  const chosen = [...tags].filter(
    ([key]) =>
      !key.startsWith('aws:') &&
      (IncludedTagKeys?.includes(key) ?? true) &&
      !(ExcludedTagKeys?.includes(key) ?? false),
  );
  return { [tagsKey]: shape(chosen), [statusKey]: 'SUCCESS' };
}
