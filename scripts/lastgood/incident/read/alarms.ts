import {
  DescribeAlarmHistoryCommand,
  type AlarmHistoryItem,
  type CloudWatchClient,
  type DescribeAlarmHistoryInput,
} from '@aws-sdk/client-cloudwatch';
import { historySince, toChange } from '../../../../functions/guard/alarm-history.ts';
import { ALARM_TYPES, alarmsNamed, MAX_ALARMS_PER_CALL } from '../../../../src/aws/alarms.ts';
import { inBatches } from '../../../../src/aws/batches.ts';
import type { StateChange } from '../../../../src/rollback/facts.ts';
import type { AlarmTrigger, Instant } from '../../../../src/rollback/request.ts';
import { after } from '../../../../src/rollback/time.ts';
import type { PastAlarm } from '../moment.ts';
import { OTHERS_SECONDS } from '../to-alarms.ts';
import type { View } from '../view.ts';

type Client = Pick<CloudWatchClient, 'send'>;
type Items = readonly AlarmHistoryItem[];

/**
 * Pages of a hundred state changes, newest first. Ten thousand changes within a day are more than an incident needs.
 */
const MAX_PAGES = 100;

/**
 * Reads the trigger's alarm, the alarms that the plan watches, and all metric alarms that changed state within a day.
 */
export async function readAlarms(client: Client, view: View, until: Instant): Promise<readonly PastAlarm[]> {
  const [{ plan }] = view.looks;
  const { trigger } = view.request;
  const watched = 'watch' in plan ? plan.watch.alarms : [];
  const own = [...new Set([trigger.alarm, ...watched])];
  const [others, ...histories] = await Promise.all([
    readOthers(client, after(trigger.at, -OTHERS_SECONDS), until),
    ...own.map((name) => readOwn(client, queryFor(name, view), until)),
  ]);
  const changes = new Map([...others, ...own.map((name, at) => [name, histories[at] ?? []] as const)]);
  const names = [...changes.keys()];
  const described = await Promise.all(
    inBatches(names, MAX_ALARMS_PER_CALL).map((batch) => alarmsNamed(client, batch)),
  );
  const byName = new Map(described.flat().map((alarm) => [alarm.AlarmName, alarm]));
  return names.map((name) => {
    const description = byName.get(name);
    const known = { name, changes: changes.get(name) ?? [] };
    return description === undefined ? known : { ...known, described: description };
  });
}

/** Returns the query for an alarm's history. A contributor of an alarm has its own history. */
function queryFor(name: string, { request, looks: [first] }: View): DescribeAlarmHistoryInput {
  const { trigger } = request;
  const since = new Date(historySince(trigger, { request, plan: first.plan }));
  const own = { AlarmName: name, AlarmTypes: ALARM_TYPES, StartDate: since };
  return name === trigger.alarm
    ? { ...own, ...ofContributor(trigger) }
    : { ...own, HistoryItemType: 'StateUpdate' };
}

function ofContributor({ contributor }: AlarmTrigger): Partial<DescribeAlarmHistoryInput> {
  if (contributor === undefined) return { HistoryItemType: 'StateUpdate' };
  return { HistoryItemType: 'AlarmContributorStateUpdate', AlarmContributorId: contributor };
}

/** Reads until one change beyond the end. That change names the state before it if no earlier one does. */
async function readOwn(
  client: Client,
  query: DescribeAlarmHistoryInput,
  until: Instant,
): Promise<readonly StateChange[]> {
  const isEnough = (items: Items) =>
    items.some(({ Timestamp: at }) => at !== undefined && at > new Date(until));
  return (await readItems(client, { ...query, ScanBy: 'TimestampAscending' }, isEnough)).map(toChange);
}

/** Reads the changes of all metric alarms, by name. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html */
async function readOthers(
  client: Client,
  since: Instant,
  until: Instant,
): Promise<ReadonlyMap<string, readonly StateChange[]>> {
  const query: DescribeAlarmHistoryInput = {
    AlarmTypes: ['MetricAlarm'],
    HistoryItemType: 'StateUpdate',
    StartDate: new Date(since),
    EndDate: new Date(until),
    ScanBy: 'TimestampDescending',
  };
  const items = await readItems(client, query, () => false);
  const byName = new Map<string, StateChange[]>();
  for (const item of items.toReversed()) {
    const { AlarmName: name = '' } = item;
    byName.set(name, [...(byName.get(name) ?? []), toChange(item)]);
  }
  return byName;
}

async function readItems(
  client: Client,
  query: DescribeAlarmHistoryInput,
  isEnough: (page: Items) => boolean,
): Promise<Items> {
  const all: AlarmHistoryItem[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const command = new DescribeAlarmHistoryCommand({ ...query, MaxRecords: 100, NextToken });
    const answer = await client.send(command);
    const { AlarmHistoryItems = [] } = answer;
    all.push(...AlarmHistoryItems);
    NextToken = answer.NextToken;
    if (NextToken === undefined || isEnough(AlarmHistoryItems)) break;
  }
  return all;
}
