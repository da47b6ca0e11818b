import { expect, test } from 'vitest';
import { alarmAmong } from '../../../functions/guard/alarm-now.ts';
import type { RedAlarms } from '../../../functions/guard/red-alarms.ts';
import type { StateChange } from '../../../src/rollback/facts.ts';
import { ALARM, at, found, turned, unknown } from '../../src/rollback/judge-facts.ts';
import { redAlarm } from './cloudwatch.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:one';
const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx';
const RED = {
  ...redAlarm('checkout-5xx', at('03:04')),
  ActionsEnabled: true,
  Namespace: 'AWS/ApplicationELB',
  MetricName: 'HTTPCode_Target_5XX_Count',
  Statistic: 'Sum' as const,
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  StateReasonData: JSON.stringify({
    queryDate: at('03:04'),
    period: 60,
    threshold: 5,
    recentDatapoints: [9, 9],
  }),
};

const redSince = (clock: string) => ({ StateTransitionedTimestamp: new Date(at(clock)) });
const datapoints = (...clocks: string[]) =>
  JSON.stringify({
    ...{ queryDate: at('03:04'), period: 60, threshold: 5 },
    evaluatedDatapoints: clocks.map((clock) => ({ timestamp: at(clock), value: 9 })),
  });

const among = (
  all: RedAlarms['all'],
  {
    isComplete = true,
    history = found<StateChange[]>([]),
    arn = ARN,
  }: object & {
    isComplete?: boolean;
    history?: Parameters<typeof alarmAmong>[1];
    arn?: string;
  } = {},
) =>
  alarmAmong(
    found({ metricAlarms: [], all, isComplete }),
    history,
    { ...ALARM, arn },
    { execution: EXECUTION },
  );

test('is described while it is red', () => {
  expect(among([redAlarm('other', at('03:00')), RED])).toEqual(
    found({
      state: 'ALARM',
      since: at('03:04'),
      actionsEnabled: true,
      metric: 'errors',
      limit: { threshold: 5, breaches: 'above' },
      periodSeconds: 60,
      evaluationPeriods: 2,
      silentWhenHealthy: true,
    }),
  );
});

test('that was set by hand is described with the sign of it', () => {
  expect(among([{ ...RED, Threshold: 50 }])).toMatchObject({
    is: { setByHand: expect.stringContaining('its threshold is 5') as string },
  });
});

test('with its actions switched off says so, and a composite alarm says little more than that', () => {
  expect(among([{ ...RED, ActionsEnabled: false }])).toMatchObject({ is: { actionsEnabled: false } });
  const composite = {
    ...{ AlarmName: 'checkout-5xx', AlarmRule: 'ALARM(x)', ActionsEnabled: false },
    StateReasonData:
      '{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x","state":{"value":"ALARM"}}]}',
  };
  expect(among([composite, redAlarm('x', at('03:03'))])).toEqual(
    found({ state: 'ALARM', actionsEnabled: false, children: [{ alarm: 'x', at: at('03:03') }] }),
  );
});

test('that is composite is described with the red alarms that its rule names, at any depth, and their onsets', () => {
  const all = [
    { AlarmName: 'checkout-5xx', AlarmRule: 'ALARM(inner) OR ALARM("errors") OR ALARM(young)' },
    { AlarmName: 'inner', AlarmRule: 'ALARM(latency)', ...redSince('03:04') },
    { ...RED, AlarmName: 'errors', ...redSince('03:03'), StateReasonData: datapoints('03:01', '03:02') },
    { ...RED, AlarmName: 'latency', ...redSince('03:04'), StateReasonData: datapoints('02:59', '03:00') },
    { AlarmName: 'young' },
    redAlarm('another', at('03:04')),
  ];
  expect(among(all)).toMatchObject({
    is: {
      children: [
        { alarm: 'latency', at: at('03:04'), onset: { at: at('02:59'), until: at('03:00') } },
        { alarm: 'errors', at: at('03:03'), onset: { at: at('03:01'), until: at('03:02') } },
      ],
    },
  });
  expect(among([RED, { ...RED, AlarmName: 'y' }])).not.toHaveProperty('is.children');
});

test('that is composite watches what the alarm that turned it does', () => {
  const composite = { AlarmName: 'checkout-5xx', AlarmRule: 'ALARM(errors)', ...redSince('03:04') };
  const errors = { ...RED, AlarmName: 'errors', StateReasonData: datapoints('03:01', '03:02') };
  const limit = { threshold: 5, breaches: 'above' };
  expect(among([composite, errors])).toMatchObject({
    is: { metric: 'errors', limit, periodSeconds: 60, children: [{ watching: { metric: 'errors', limit } }] },
  });
  expect(among([composite, { ...errors, ...redSince('03:01') }])).not.toHaveProperty('is.metric');
});

test('that is composite may name itself in its rules: that is followed no further', () => {
  const loop = ['checkout-5xx', 'b'].map((AlarmName) => ({
    AlarmName,
    AlarmRule: 'ALARM(b) OR ALARM(checkout-5xx)',
  }));
  expect(among(loop)).not.toHaveProperty('is.children');
});

test('says when it was created or changed, or a red alarm in its rule was', () => {
  const put = (clock: string) => ({ AlarmConfigurationUpdatedTimestamp: new Date(at(clock)) });
  expect(among([{ ...RED, ...put('02:59') }])).toMatchObject({ is: { changedAt: at('02:59') } });
  const composite = { AlarmName: 'checkout-5xx', AlarmRule: 'ALARM(x)', ...put('01:00') };
  const x = { ...redAlarm('x', at('03:03')), ...put('03:01') };
  const other = { ...redAlarm('y', at('03:03')), ...put('03:02') };
  expect(among([composite, x, other])).toMatchObject({ is: { changedAt: at('03:01') } });
});

test('that is not red any more is in the state of its history, and its actions are unknown', () => {
  const history = found([turned('03:04', 'OK', 'ALARM'), turned('03:05', 'ALARM', 'INSUFFICIENT_DATA')]);
  expect(among([], { history })).toEqual(found({ state: 'INSUFFICIENT_DATA' }));
  expect(among([], { history: found([turned('03:06', 'ALARM', 'OK'), ...history.is]) })).toEqual(
    found({ state: 'OK' }),
  );
});

test.each([
  [
    'more alarms are red than were read',
    among([redAlarm('a', at('03:04'))], { isComplete: false }),
    /more than 1/,
  ],
  ['its history is unknown', among([], { history: unknown('AccessDenied: no') }), /AccessDenied/],
  [
    'its history says that it is red',
    among([], { history: found([turned('03:04', 'OK', 'ALARM')]) }),
    /no other/,
  ],
  ['its history is empty', among([]), /no other/],
  [
    'it is in another account',
    among([RED], { arn: ARN.replace('111122223333', '444455556666') }),
    /another account/,
  ],
  ['it is in another Region', among([RED], { arn: ARN.replace('eu-west-1', 'us-east-1') }), /Region/],
])('is unknown where %s', (_why, answer, why) => {
  expect(answer).toEqual({ known: false, why: expect.stringMatching(why) as unknown });
});

test('is unknown where the red alarms are, and is not looked for elsewhere where its ARN is not known', () => {
  const history = found([]);
  const red = unknown('ThrottlingException: slow down');
  expect(alarmAmong(red, history, { ...ALARM, arn: ARN }, { execution: EXECUTION })).toEqual(red);
  const known = found({ metricAlarms: [RED], all: [RED], isComplete: true });
  expect(alarmAmong(known, history, ALARM, { execution: EXECUTION })).toMatchObject({
    is: { state: 'ALARM' },
  });
});
