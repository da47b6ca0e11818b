import { DescribeAlarmHistoryCommand } from '@aws-sdk/client-cloudwatch';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

const SAME_TURN_SECONDS = 60;

/** An alarm's event and its history date the same turn alike. */
export const alarmEventAndHistoryTime: Question = {
  id: 'alarm-event-and-history-time',
  part: 'ecs-rolling',
  looksAt: "the time of the alarm's event, as Lastgood was started with it, beside the alarm's history",
  assumed: `they are less than ${SAME_TURN_SECONDS} seconds apart`,
  answer: async ({ clients, course: { execution, releasedAt } }) => {
    const trigger = execution?.document.request?.trigger;
    if (trigger?.type !== 'alarm') return notSeen('no alarm started the rollback');
    const { AlarmHistoryItems = [] } = await clients.cloudWatch.send(
      new DescribeAlarmHistoryCommand({
        AlarmName: trigger.alarm,
        HistoryItemType: 'StateUpdate',
        StartDate: new Date(releasedAt),
      }),
    );
    const apart = AlarmHistoryItems.map(({ Timestamp }) =>
      Math.abs((Timestamp?.getTime() ?? 0) - Date.parse(trigger.at)),
    );
    if (apart.length === 0) return notSeen('the history has no turn since the release');
    const seconds = Math.min(...apart) / 1000;
    const found = `${seconds} seconds apart`;
    return seconds < SAME_TURN_SECONDS ? asAssumed(found) : otherwise(found);
  },
};
