import { DescribeAlarmHistoryCommand, type AlarmHistoryItem } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod/mini';
import { ALARM_TYPES } from '../../src/aws/alarms.ts';
import type { StateChange } from '../../src/rollback/facts.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import type { AlarmTrigger } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after } from '../../src/rollback/time.ts';
import type { Client } from './alarms.ts';

/** A page has 100 changes; an alarm that turned more often than this says nothing any more. */
const MOST_PAGES = 5;

const State = z.object({ stateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) });

/** The JSON in HistoryData of a StateUpdate, as far as it concerns us. */
const HistoryData = z.object({ oldState: State, newState: State });

/**
 * The changes of an alarm's state from a window before the deployment began until now, newest first.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 * @throws Error when they cannot all be read: a part of a history could tell a wrong story
 */
export async function readHistory(
  client: Client,
  { alarm, contributor, at }: AlarmTrigger,
  plan: Plan,
): Promise<readonly StateChange[]> {
  const window = readSettings(plan.tags).windowMinutes * 60;
  const since = new Date(after(plan.deployment?.startedAt ?? at, -window));
  const changes: StateChange[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(commandFor(alarm, contributor, since, next));
    changes.push(...(answer.AlarmHistoryItems ?? []).map(toChange));
    next = answer.NextToken;
    if (next === undefined) return changes;
  }
  throw new Error(`it changed its state more than ${changes.length} times`);
}

/**
 * A time series of an alarm that watches many has a history of its own. What AWS writes into HistoryData there is not
 * documented: where it is not the same, the history cannot be read, and a person decides.
 */
function commandFor(
  alarm: string,
  contributor: string | undefined,
  since: Date,
  next: string | undefined,
): DescribeAlarmHistoryCommand {
  return new DescribeAlarmHistoryCommand({
    AlarmName: alarm,
    AlarmTypes: ALARM_TYPES,
    HistoryItemType: contributor === undefined ? 'StateUpdate' : 'AlarmContributorStateUpdate',
    ...(contributor !== undefined && { AlarmContributorId: contributor }),
    ScanBy: 'TimestampDescending',
    StartDate: since,
    MaxRecords: 100,
    ...(next !== undefined && { NextToken: next }),
  });
}

function toChange({ Timestamp, HistoryData: text }: AlarmHistoryItem): StateChange {
  const read = HistoryData.safeParse(JSON.parse(text ?? 'null'));
  if (!read.success || Timestamp === undefined) throw new Error('a change in its history cannot be read');
  const { oldState, newState } = read.data;
  return { at: Timestamp.toISOString(), from: oldState.stateValue, to: newState.stateValue };
}
