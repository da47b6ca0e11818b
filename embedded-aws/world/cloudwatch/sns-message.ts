import type { Dimension, MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { ACCOUNT } from '../aws.ts';
import { stamp, type CompositeAlarm } from './alarms.ts';
import { propagated, type Publication, type Transition } from './messages.ts';

/** The Region's display name, which these messages use instead of its code. */
const REGION_NAME = 'EU (Ireland)';

/**
 * Returns an alarm's message to a topic: `Message` is a JSON string.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html The page on tags names
 * `AlarmTagsStatus` and a list of tags; the spelling of the list's entries is assumed.
 */
export function publication(transition: Transition): Publication {
  const { alarm, to } = transition;
  return {
    Subject: `${to.value}: "${alarm.name}" in ${REGION_NAME}`,
    Message: JSON.stringify({
      ...common(transition),
      ...(alarm.type === 'CompositeAlarm'
        ? composite(alarm, transition)
        : { Trigger: trigger(alarm.settings) }),
      ...propagated(alarm, 'AlarmTags', 'AlarmTagsStatus', (tags) =>
        tags.map(([Key, Value]) => ({ Key, Value })),
      ),
    }),
  };
}

function common({ alarm, from, to }: Transition) {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: ACCOUNT,
    ...(alarm.type === 'MetricAlarm'
      ? { AlarmConfigurationUpdatedTimestamp: stamp(alarm.configuredAt) }
      : {}),
    NewStateValue: to.value,
    NewStateReason: to.reason,
    StateChangeTime: stamp(to.at),
    Region: REGION_NAME,
    AlarmArn: alarm.arn,
    OldStateValue: from.value,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
  };
}

function composite(alarm: CompositeAlarm, { to }: Transition) {
  const { triggeringAlarms = [] } = JSON.parse(to.reasonData ?? '{}') as {
    triggeringAlarms?: readonly { arn: string; state: { value: string; timestamp: string } }[];
  };
  return {
    AlarmRule: alarm.settings.AlarmRule,
    TriggeringChildren: triggeringAlarms.map(({ arn, state }) => ({
      Arn: arn,
      State: { Value: state.value, Timestamp: state.timestamp },
    })),
  };
}

function trigger(settings: PutMetricAlarmInput) {
  return {
    ...(settings.Metrics === undefined ? single(settings) : {}),
    ...(settings.Period === undefined ? {} : { Period: settings.Period }),
    EvaluationPeriods: settings.EvaluationPeriods,
    ...(settings.DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm: settings.DatapointsToAlarm }),
    ComparisonOperator: settings.ComparisonOperator,
    ...(settings.Threshold === undefined ? {} : { Threshold: settings.Threshold }),
    ...(settings.ThresholdMetricId === undefined ? {} : { ThresholdMetricId: settings.ThresholdMetricId }),
    TreatMissingData: settings.TreatMissingData ?? '',
    EvaluateLowSampleCountPercentile: settings.EvaluateLowSampleCountPercentile ?? '',
    ...(settings.Metrics === undefined ? {} : { Metrics: settings.Metrics.map(queryIn) }),
  };
}

function single({
  MetricName,
  Namespace,
  Statistic,
  ExtendedStatistic,
  Unit,
  Dimensions,
}: PutMetricAlarmInput) {
  return {
    MetricName,
    Namespace,
    ...(ExtendedStatistic === undefined
      ? { StatisticType: 'Statistic', Statistic: Statistic?.toUpperCase() }
      : { StatisticType: 'ExtendedStatistic', ExtendedStatistic }),
    Unit: Unit ?? null,
    Dimensions: dimensionsIn(Dimensions),
  };
}

const dimensionsIn = (dimensions: readonly Dimension[] | undefined) =>
  (dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name }));

function queryIn({ Id, Expression, Label, MetricStat, ReturnData }: MetricDataQuery) {
  return {
    ...(Expression === undefined ? {} : { Expression }),
    Id,
    ...(Label === undefined ? {} : { Label }),
    ...(MetricStat === undefined
      ? {}
      : {
          MetricStat: {
            Metric: {
              Dimensions: dimensionsIn(MetricStat.Metric?.Dimensions),
              MetricName: MetricStat.Metric?.MetricName,
              Namespace: MetricStat.Metric?.Namespace,
            },
            Period: MetricStat.Period,
            Stat: MetricStat.Stat,
          },
        }),
    ReturnData: ReturnData ?? true,
  };
}
