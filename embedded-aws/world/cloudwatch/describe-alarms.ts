import type {
  DescribeAlarmContributorsInput,
  DescribeAlarmContributorsOutput,
  CompositeAlarm as CompositeAnswer,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm as MetricAnswer,
} from '@aws-sdk/client-cloudwatch';
import { AwsError, type Access } from '../service.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from './alarms.ts';
import type { AlarmDesk } from './desk.ts';
import { alarmArn, limit } from './limits.ts';

export function describeOperations(desk: AlarmDesk) {
  return {
    DescribeAlarms: {
      bucket: limit.describeAlarms,
      authorize: mayDescribe,
      run: (input: DescribeAlarmsInput) => describe(desk, input),
    },
    DescribeAlarmHistory: {
      bucket: limit.describeAlarmHistory,
      authorize: ({ AlarmName = '*' }: DescribeAlarmHistoryInput): readonly Access[] => [
        { action: 'cloudwatch:DescribeAlarmHistory', resource: alarmArn(AlarmName) },
      ],
      run: (input: DescribeAlarmHistoryInput) => describeHistory(desk, input),
    },
    DescribeAlarmContributors: {
      bucket: limit.describeAlarmContributors,
      authorize: ({ AlarmName = '*' }: DescribeAlarmContributorsInput): readonly Access[] => [
        { action: 'cloudwatch:DescribeAlarmContributors', resource: alarmArn(AlarmName) },
      ],
      run: (input: DescribeAlarmContributorsInput) => describeContributors(desk, input),
    },
  };
}

/**
 * Returns the IAM checks. Composite alarms need a permission on `*`, metric alarms one on `alarm:*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function mayDescribe({ AlarmTypes }: DescribeAlarmsInput): readonly Access[] {
  const resource = AlarmTypes?.includes('CompositeAlarm') ? '*' : alarmArn('*');
  return [{ action: 'cloudwatch:DescribeAlarms', resource }];
}

/**
 * Describes alarms in the order of their names, 50 a page, by default only metric alarms. There are no log alarms here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function describe(desk: AlarmDesk, input: DescribeAlarmsInput): DescribeAlarmsOutput {
  if (input.AlarmNames?.length && input.AlarmNamePrefix !== undefined)
    throw new AwsError('ValidationError', 'AlarmNames and AlarmNamePrefix cannot both be given');
  const { items, next } = pageOf(chosen(desk, input), input.MaxRecords ?? 50, input.NextToken);
  return {
    MetricAlarms: items.flatMap((alarm) => (alarm.type === 'MetricAlarm' ? [metricAnswer(alarm)] : [])),
    CompositeAlarms: items.flatMap((alarm) =>
      alarm.type === 'CompositeAlarm' ? [compositeAnswer(alarm)] : [],
    ),
    ...next,
  };
}

function chosen(desk: AlarmDesk, input: DescribeAlarmsInput): readonly Alarm[] {
  const types: readonly string[] = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const hasAction = (alarm: Alarm, prefix: string): boolean =>
    Object.values(alarm.actions)
      .flat()
      .some((arn) => arn.startsWith(prefix));
  return [...desk.alarms.values()]
    .filter(({ type }) => types.includes(type))
    .filter(({ name }) => !input.AlarmNames?.length || input.AlarmNames.includes(name))
    .filter(({ name }) => name.startsWith(input.AlarmNamePrefix ?? ''))
    .filter(({ state }) => input.StateValue === undefined || state.value === input.StateValue)
    .filter((alarm) => input.ActionPrefix === undefined || hasAction(alarm, input.ActionPrefix))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function pageOf<T>(all: readonly T[], size: number, token: string | undefined) {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidNextToken', 'The next token is not valid');
  const to = from + size;
  return { items: all.slice(from, to), next: to < all.length ? { NextToken: String(to) } : {} };
}

function commonAnswer(alarm: Alarm) {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    ...(alarm.description === undefined ? {} : { AlarmDescription: alarm.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [...alarm.actions.OK],
    AlarmActions: [...alarm.actions.ALARM],
    InsufficientDataActions: [...alarm.actions.INSUFFICIENT_DATA],
    ...(alarm.actionConfiguration === undefined ? {} : { ActionConfiguration: alarm.actionConfiguration }),
    StateValue: alarm.state.value,
    StateReason: alarm.state.reason,
    ...(alarm.state.reasonData === undefined ? {} : { StateReasonData: alarm.state.reasonData }),
    StateUpdatedTimestamp: new Date(alarm.state.at),
    StateTransitionedTimestamp: new Date(alarm.transitionedAt),
  };
}

function metricAnswer(alarm: MetricAlarm): MetricAnswer {
  const { settings } = alarm;
  const answer: MetricAnswer & { Tags?: unknown } = {
    ...settings,
    ...commonAnswer(alarm),
    ...(settings.MetricName === undefined ? {} : { Dimensions: settings.Dimensions ?? [] }),
  };
  delete answer.Tags;
  return answer;
}

function compositeAnswer(alarm: CompositeAlarm): CompositeAnswer {
  return { ...commonAnswer(alarm), AlarmRule: alarm.settings.AlarmRule };
}

/**
 * Describes history, newest first by default. It covers metric alarms only, also by name, unless the request asks for
 * composite ones. Alarms over many time series are not modelled, so neither is their history.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
function describeHistory(desk: AlarmDesk, input: DescribeAlarmHistoryInput): DescribeAlarmHistoryOutput {
  if (input.AlarmContributorId !== undefined || input.HistoryItemType?.startsWith('AlarmContributor'))
    throw new AwsError('ValidationError', 'The history of an alarm contributor is not modelled here');
  const types: readonly string[] = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const all = [...desk.deleted, ...desk.alarms.values()]
    .filter(({ name }) => input.AlarmName === undefined || name === input.AlarmName)
    .filter(({ type }) => types.includes(type))
    .flatMap((alarm) => alarm.history.map((item) => ({ alarm, item })))
    .filter(({ item }) => input.HistoryItemType === undefined || item.type === input.HistoryItemType)
    .filter(({ item }) => within(item.at, input))
    .map((each, order) => ({ ...each, order }))
    .sort((one, other) => other.item.at - one.item.at || other.order - one.order);
  const ordered = input.ScanBy === 'TimestampAscending' ? all.toReversed() : all;
  const { items, next } = pageOf(ordered, input.MaxRecords ?? 100, input.NextToken);
  return { AlarmHistoryItems: items.map(({ alarm, item }) => historyAnswer(alarm, item)), ...next };
}

/**
 * Lists the time series in ALARM of an alarm over many. No such alarm is modelled, so there are none. Assumed for an
 * alarm over one: an empty list. Unknown: contributors-of-one-series.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmContributors.html
 */
function describeContributors(
  desk: AlarmDesk,
  { AlarmName = '' }: DescribeAlarmContributorsInput,
): DescribeAlarmContributorsOutput {
  if (!desk.alarms.has(AlarmName))
    throw new AwsError('ResourceNotFoundException', `Unknown alarm ${AlarmName}`, 404);
  return { AlarmContributors: [] };
}

function within(at: number, { StartDate, EndDate }: DescribeAlarmHistoryInput): boolean {
  return at >= (StartDate?.getTime() ?? -Infinity) && at <= (EndDate?.getTime() ?? Infinity);
}

function historyAnswer(alarm: Alarm, { at, type, summary, data }: Alarm['history'][number]) {
  return {
    AlarmName: alarm.name,
    AlarmType: alarm.type,
    Timestamp: new Date(at),
    HistoryItemType: type,
    HistorySummary: summary,
    HistoryData: data,
  };
}
