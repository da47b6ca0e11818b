import { DescribeAlarmHistoryCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ALARM_TYPES } from '../../src/aws/alarms.ts';
import type { Planned } from '../../src/rollback/document.ts';
import { after } from '../../src/rollback/time.ts';
import type { EvidenceSource } from './source.ts';

type Client = Pick<CloudWatchClient, 'send'>;

/** The whole account shares the quota of DescribeAlarmHistory, and each alarm costs one call. */
const MAX_ALARMS = 5;
const MAX_TURNS = 5;
const SECONDS_BEFORE = 4 * 3600;

/**
 * Reads when the watched alarms turned, newest first, from four hours before the plan.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export function alarmHistory(client: Client): EvidenceSource {
  return {
    name: 'alarm history',
    async read(rollback, abortSignal) {
      const since = new Date(after(rollback.plan.at, -SECONDS_BEFORE));
      const lines = await Promise.all(
        namesOf(rollback).map((name) => turnsOf(client, name, since, abortSignal)),
      );
      return { lines: lines.flat() };
    },
  };
}

/** Returns the alarms, beginning with the one that started the rollback. */
function namesOf({ request, plan }: Planned): readonly string[] {
  const started = request.trigger?.type === 'alarm' ? [request.trigger.alarm] : [];
  return [...new Set([...started, ...plan.watch.alarms])].slice(0, MAX_ALARMS);
}

async function turnsOf(
  client: Client,
  AlarmName: string,
  StartDate: Date,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const { AlarmHistoryItems = [] } = await client.send(
    new DescribeAlarmHistoryCommand({
      AlarmName,
      AlarmTypes: ALARM_TYPES,
      HistoryItemType: 'StateUpdate',
      StartDate,
      MaxRecords: MAX_TURNS,
      ScanBy: 'TimestampDescending',
    }),
    { abortSignal },
  );
  return AlarmHistoryItems.map(
    ({ Timestamp, HistorySummary }) =>
      `${AlarmName}: ${Timestamp?.toISOString() ?? 'unknown time'} ${HistorySummary ?? 'turned'}`,
  );
}
