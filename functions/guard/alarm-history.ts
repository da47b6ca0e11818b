import { DescribeAlarmHistoryCommand, type AlarmHistoryItem } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod/mini';
import { ALARM_TYPES } from '../../src/aws/alarms.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { StateChange } from '../../src/rollback/facts.ts';
import { onsetOf } from '../../src/rollback/onset.ts';
import type { AlarmTrigger, Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { suspicionAmong } from '../../src/rollback/suspect.ts';
import { earliestStart } from '../../src/rollback/sights.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import type { Client } from './cloudwatch.ts';

/** An alarm that also turned at this hour yesterday turns by the clock. */
const LOOK_BACK_SECONDS = 26 * 3600;

const MAX_CHANGES = 100;

const State = z.object({ stateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) });

/** The used parts of the JSON in HistoryData of a StateUpdate. */
const HistoryData = z.object({ oldState: State, newState: State });

/**
 * Reads the changes of an alarm's state from a window before the suspect's deployment until now, newest first. Reads at
 * least the last 26 hours. One call: of an alarm with more changes than a page holds, the newest are known.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 * @throws Error when those do not reach back to before the deployment, because a part could mislead the judge
 */
export async function readHistory(
  client: Client,
  trigger: AlarmTrigger,
  rollback: Judgeable,
): Promise<readonly StateChange[]> {
  return readChanges(client, trigger, historySince(trigger, rollback), neededSince(trigger, rollback));
}

/**
 * Reads the changes of an alarm's state since an instant, newest first, in one call.
 * @param needed the changes must reach back to here
 * @throws Error when they do not
 */
export async function readChanges(
  client: Client,
  trigger: AlarmTrigger,
  since: Instant,
  needed: Instant,
): Promise<readonly StateChange[]> {
  const { AlarmHistoryItems = [], NextToken } = await client.send(commandFor(trigger, new Date(since)));
  const changes = AlarmHistoryItems.map(toChange);
  const oldest = changes.at(-1);
  if (NextToken !== undefined && (oldest === undefined || isAfter(oldest.at, needed)))
    throw new Error(`it changed its state more than ${changes.length} times since ${needed}`);
  return changes;
}

/** Returns since when an alarm's history is read. */
export function historySince(trigger: AlarmTrigger, rollback: Pick<Judgeable, 'request' | 'plan'>): Instant {
  const needed = neededSince(trigger, rollback);
  const day = after(trigger.at, -LOOK_BACK_SECONDS);
  return isAfter(needed, day) ? day : needed;
}

/**
 * Returns since when the history is needed: the judge must know the state of the alarm in the window before the
 * suspect.
 */
function neededSince({ at }: AlarmTrigger, { request, plan }: Pick<Judgeable, 'request' | 'plan'>): Instant {
  const { deployment, recent = deployment === undefined ? [] : [deployment], tags } = plan;
  const suspect = suspicionAmong(recent, onsetOf(request))?.suspect ?? deployment;
  const began = suspect === undefined ? at : earliestStart(suspect);
  return after(began, -readSettings(tags).windowMinutes * 60);
}

/**
 * Makes the call for the history of an alarm. A time series of an alarm on many series has a history of its own, whose
 * HistoryData AWS does not document. If the format differs, the history cannot be read, and a person decides.
 */
function commandFor({ alarm, contributor }: AlarmTrigger, since: Date): DescribeAlarmHistoryCommand {
  return new DescribeAlarmHistoryCommand({
    AlarmName: alarm,
    AlarmTypes: ALARM_TYPES,
    HistoryItemType: contributor === undefined ? 'StateUpdate' : 'AlarmContributorStateUpdate',
    ...(contributor !== undefined && { AlarmContributorId: contributor }),
    ScanBy: 'TimestampDescending',
    StartDate: since,
    MaxRecords: MAX_CHANGES,
  });
}

/**
 * Reads one change of state.
 * @throws Error when an item of the history is no change of state
 */
export function toChange({ Timestamp, HistoryData: text }: AlarmHistoryItem): StateChange {
  const read = HistoryData.safeParse(JSON.parse(text ?? 'null'));
  if (!read.success || Timestamp === undefined) throw new Error('a change in its history cannot be read');
  const { oldState, newState } = read.data;
  return { at: Timestamp.toISOString(), from: oldState.stateValue, to: newState.stateValue };
}
