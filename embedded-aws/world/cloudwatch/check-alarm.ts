import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../service.ts';
import { bandOf } from './anomaly.ts';
import { COMPARISONS } from './comparison.ts';
import { idsIn, parseExpression } from './expression.ts';
import { alarmPeriod, watched } from './verdict.ts';

const MAX_ACTIONS = 5;
const SECONDS_IN_A_DAY = 86_400;

/**
 * Refuses an input that PutMetricAlarm refuses, and any setting that is not modelled here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * @throws AwsError `ValidationError`
 */
export function checkMetricAlarm(input: PutMetricAlarmInput): void {
  const { EvaluationPeriods: n = 0, DatapointsToAlarm: m } = input;
  demand(n >= 1, 'EvaluationPeriods must be at least 1');
  demand(m === undefined || (m >= 1 && m <= n), 'DatapointsToAlarm must be between 1 and EvaluationPeriods');
  demand(String(input.ComparisonOperator) in COMPARISONS, 'ComparisonOperator is required');
  demand(
    (input.MetricName === undefined) !== (input.Metrics === undefined),
    'Either MetricName or Metrics is required',
  );
  demand(
    (input.Threshold === undefined) !== (input.ThresholdMetricId === undefined),
    'Either Threshold or ThresholdMetricId is required',
  );
  for (const actions of [input.OKActions, input.AlarmActions, input.InsufficientDataActions])
    demand((actions?.length ?? 0) <= MAX_ACTIONS, `At most ${MAX_ACTIONS} actions a state`);
  checkPeriod(input, n);
  checkQueries(input);
}

function checkPeriod(input: PutMetricAlarmInput, evaluationPeriods: number): void {
  const period = alarmPeriod(input);
  demand(
    [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0),
    'Period must be 10, 20, 30 or a multiple of 60',
  );
  demand(
    period * evaluationPeriods <= SECONDS_IN_A_DAY,
    'Alarms over more than a day are evaluated once an hour, which is not modelled here',
  );
}

function checkQueries(input: PutMetricAlarmInput): void {
  if (input.ThresholdMetricId !== undefined) bandOf(input);
  const { queries } = watched(input);
  const ids = queries.map(({ Id }) => Id);
  for (const { Id, Expression } of queries) {
    if (Expression === undefined || Id === input.ThresholdMetricId) continue;
    for (const id of idsIn(parseExpression(Expression)))
      demand(
        id === 'REPEAT' || ids.includes(id),
        `The expression '${Expression}' refers to an unknown id '${id}'`,
      );
  }
}

function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new AwsError('ValidationError', message);
}
