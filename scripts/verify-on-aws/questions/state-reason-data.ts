import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** CloudWatch names the datapoints that turned an alarm on a single metric. */
export const stateReasonData: Question = {
  id: 'state-reason-data',
  part: 'ecs-rolling',
  looksAt: 'the fields of `StateReasonData` while an alarm on a single metric is red',
  assumed: '`evaluatedDatapoints` or `recentDatapoints` is among them',
  look: async ({ clients, outputs }) => {
    const { MetricAlarms = [] } = await clients.cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [outputs('RollingCountAlarm')] }),
    );
    const [alarm] = MetricAlarms;
    if (alarm?.StateValue !== 'ALARM') return null;
    const data: unknown = JSON.parse(alarm.StateReasonData ?? '{}');
    return Object.keys(data as object)
      .toSorted()
      .join(', ');
  },
  answer: ({ seen }) => {
    if (seen.length === 0) return notSeen('the alarm was never red at a look');
    const found = seen.join('; then ');
    return seen.every((fields) => /\b(evaluated|recent)Datapoints\b/.test(fields))
      ? asAssumed(found)
      : otherwise(found);
  },
};
