import type { DescribeAlarmHistoryOutput } from '@aws-sdk/client-cloudwatch';
import type { ListTargetsByRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { channelText } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';

/** The topic that the alarms on Lastgood itself notify. */
export const TOPIC = arn('sns', 'on-call');

/** Returns the alarms on Lastgood itself that turned, in order: without stage, and each once. */
export function turned(stage: Stage): readonly string[] {
  const found = stage.journal
    .happenings()
    .map(({ what }) => /^alarm lastgood-prod-(.+) is ALARM$/.exec(what)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(found)];
}

/** Returns null if these alarms turned, in any order, and no others, or else those that did. */
export function turnedOnly(stage: Stage, ...alarms: readonly string[]): string | null {
  const found = turned(stage).toSorted();
  return JSON.stringify(found) === JSON.stringify(alarms.toSorted())
    ? null
    : `the alarms ${found.join(', ') || 'none'} turned, not ${alarms.join(', ') || 'none'}`;
}

/** Returns null if the topic was notified of these alarms, and Slack shows them. */
export function reached(stage: Stage, ...alarms: readonly string[]): string | null {
  const text = channelText(stage);
  const silent = alarms.find((one) => !notifiedOf(stage, one).includes('ALARM'));
  if (silent !== undefined) return `the topic was not notified of ${silent}`;
  const unseen = alarms.find((one) => !text.includes(`lastgood-prod-${one}`));
  return unseen === undefined ? null : `Slack does not show ${unseen}, but:\n${text}`;
}

/** Returns the states of which an alarm notified the topic. */
function notifiedOf(stage: Stage, alarm: string): readonly string[] {
  const { AlarmHistoryItems = [] } = stage.call<DescribeAlarmHistoryOutput>(
    'cloudwatch',
    'DescribeAlarmHistory',
    { AlarmName: `lastgood-prod-${alarm}`, ScanBy: 'TimestampAscending' },
  );
  let state = '';
  return AlarmHistoryItems.flatMap(({ HistoryItemType, HistorySummary = '' }) => {
    if (HistoryItemType === 'StateUpdate') state = / to (\w+)$/.exec(HistorySummary)?.[1] ?? '';
    return HistoryItemType === 'Action' ? [state] : [];
  });
}

/** Returns the alarms of functions that notified the topic when they were new. */
export function notifiedWhenNew(stage: Stage): readonly string[] {
  const names = stage.runtime.stack.functions.map(({ name }) => name.replace('lastgood-prod-', ''));
  const alarms = names.map((name) => `${name}-throttles`);
  return alarms.filter((one) => notifiedOf(stage, one).includes('OK'));
}

/** Removes what a schedule of Lastgood's starts, as an operator does who stops it and forgets. */
export function stopSchedule(stage: Stage, name: string): void {
  const rule = stage.runtime.bus.rules.find(
    ({ schedule, targets }) =>
      schedule === 'rate(1 minute)' && targets.some((target) => target.arn.endsWith(`lastgood-prod-${name}`)),
  );
  const { Targets = [] } = stage.call<ListTargetsByRuleCommandOutput>('events', 'ListTargetsByRule', {
    Rule: rule?.name,
  });
  stage.call('events', 'RemoveTargets', { Rule: rule?.name, Ids: Targets.map(({ Id }) => Id) });
}
