import { publishedEvents } from '../events/published.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openApi, pointsAt, TARGET } from './api.ts';

const FAULTY = { errorRate: 0.4 };

const BACK: Ending = {
  outcome: 'rolled-back',
  served: true,
  writes: ['UpdateAlias'],
  also: (stage) => pointsAt(stage, '1'),
};

/** Alarms with the dimension FunctionName alone: the usual alarm of a function. */
export const lambdaWholeFunction: readonly Scenario[] = [
  {
    name: 'lambda-alarm-on-function',
    shows: 'the alarm is on the whole function, which has one alias: it is about that one, and goes back',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { putAlarms: putFunctionAlarm });
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: BACK,
  },
  {
    name: 'lambda-alarm-on-function-lost',
    shows: 'the event of such an alarm is lost: the sweep finds the alias too',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { putAlarms: putFunctionAlarm });
      stage.runtime.bus.lose(({ source }) => source === 'aws.cloudwatch');
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: BACK,
  },
  {
    name: 'lambda-alarm-on-function-several',
    shows:
      'the function has two aliases: the alarm is rejected without a dead letter, and people see how to name one of them',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { putAlarms: putFunctionAlarm });
      stage.call('lambda', 'CreateAlias', { FunctionName: 'checkout', Name: 'beta', FunctionVersion: '1' });
      await stage.minutes(6);
      api.release(FAULTY);
      await stage.minutes(10);
    },
    ends: {
      outcome: 'none',
      served: false,
      writes: [],
      also: saysWhy,
    },
  },
];

/** Returns null if a rejection says how to name an alias and no dead letter was kept, or else the difference. */
function saysWhy(stage: Stage): string | null {
  const rejected = publishedEvents(stage).filter(({ type }) => type === 'Rollback Rejected');
  const problems = rejected.map(({ detail }) => `${String(detail['field'])} ${String(detail['problem'])}`);
  const wanted =
    'tag lastgood:target must name one of lambda:checkout/beta and lambda:checkout/live: alarm checkout-errors watches them together. Or give its metrics the dimension of one, such as Resource = checkout:beta';
  if (!problems.includes(wanted)) return `rejected were [${problems.join(', ')}]`;
  const kept = stage.runtime.queues.messages('lastgood-prod-dead-letters').length;
  return kept === 0 ? null : `${kept} messages in the dead-letter queue`;
}

function putFunctionAlarm(stage: Stage): void {
  stage.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'checkout-errors',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: 'checkout' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 20,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
}
