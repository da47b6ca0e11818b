import * as z from 'zod/mini';
import { estimatedOnset, type Onset } from '../../rollback/onset.ts';
import { ignored, misfit, type Ignored, type Rejected } from '../answer.ts';
import { toInstant } from '../instant.ts';
import { asRecord } from '../../rollback/json.ts';
import type { Alarm } from './alarm.ts';
import { alarmArn } from './arn.ts';
import { accountIn, ownMetrics, type WatchedMetric } from './own-metrics.ts';
import { AlarmName, lenient, StateValue, Time } from './payload.ts';
import { carriedTags } from './tags.ts';

/** The longest evaluation range of an alarm: a week (API_PutMetricAlarm, Amazon CloudWatch). */
const MAX_RANGE_SECONDS = 604_800;

/** A load balancer's datapoint for a minute appears within about two minutes of the start of that minute. */
const LATENESS_SECONDS = 120;

const DimensionList = lenient(z.array(z.object({ name: z.string(), value: z.string() })));

const Notification = z.object({
  AlarmName,
  NewStateValue: StateValue,
  StateChangeTime: Time,
  NewStateReason: lenient(z.string()),
  OldStateValue: lenient(StateValue),
  AlarmArn: lenient(z.string()),
  AWSAccountId: lenient(z.string()),
  Region: lenient(z.string()),
  AlarmTags: lenient(z.unknown()),
  Trigger: lenient(
    z.object({
      Dimensions: DimensionList,
      Period: lenient(z.number()),
      EvaluationPeriods: lenient(z.number()),
      Metrics: lenient(
        z.array(
          z.object({
            AccountId: lenient(z.string()),
            MetricStat: lenient(z.object({ Metric: z.object({ Dimensions: DimensionList }) })),
          }),
        ),
      ),
    }),
  ),
});
type Notification = z.infer<typeof Notification>;

/**
 * Reads an alarm from the `Message` of an SNS notification. Returns null for any other message.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 *
 * The message has no datapoints, so it does not show whether the alarm was set by hand.
 * @param topicArn of the topic, which is in the alarm's Region; the message has the Region only as a name for people
 */
export function readNotification(message: unknown, topicArn = ''): Alarm | Ignored | Rejected | null {
  const found = asRecord(message);
  if (found === null || !('AlarmName' in found) || !('NewStateValue' in found)) return null;
  const read = Notification.safeParse(found);
  if (!read.success) return misfit(read.error);
  const { AlarmName: name, NewStateValue: value } = read.data;
  if (value !== 'ALARM') return ignored(`alarm ${name} turned to ${value}: only ALARM starts a rollback`);
  return inOurWords(read.data, topicArn);
}

function inOurWords(message: Notification, topicArn: string): Alarm {
  const [, partition, , topicRegion] = topicArn.split(':');
  const { AlarmName: name, AWSAccountId: account, Region: region = '' } = message;
  const arn = alarmArn(name, { arn: message.AlarmArn, account, partition, region: topicRegion ?? region });
  return {
    name,
    arn,
    at: toInstant(message.StateChangeTime) ?? message.StateChangeTime,
    timeField: 'StateChangeTime',
    previously: message.OldStateValue ?? null,
    onset: rangeOf(message),
    reason: message.NewStateReason ?? '',
    ...ownMetrics(watchedBy(message), accountIn(arn) ?? account),
    tags: carriedTags(message.AlarmTags),
    forged: null,
    withheld: null,
  };
}

/** Returns the onset by the evaluation range: without datapoints, that is how far back the harm may have begun. */
function rangeOf({ StateChangeTime, Trigger: trigger }: Notification): Onset | null {
  const at = toInstant(StateChangeTime);
  const { Period, EvaluationPeriods } = trigger ?? {};
  if (at === null || Period === undefined || EvaluationPeriods === undefined) return null;
  const range = Period * EvaluationPeriods;
  if (!(range > 0 && range <= MAX_RANGE_SECONDS)) return null;
  return estimatedOnset(at, range + LATENESS_SECONDS);
}

function watchedBy({ Trigger: trigger }: Notification): readonly WatchedMetric[] {
  const inExpression = (trigger?.Metrics ?? []).map(({ MetricStat, AccountId }) => ({
    list: MetricStat?.Metric.Dimensions,
    account: AccountId,
  }));
  return [{ list: trigger?.Dimensions, account: undefined }, ...inExpression].flatMap(({ list, account }) =>
    list === undefined
      ? []
      : [{ dimensions: Object.fromEntries(list.map(({ name, value }) => [name, value])), account }],
  );
}
