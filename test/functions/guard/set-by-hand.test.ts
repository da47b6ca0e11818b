import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { signOfHand } from '../../../functions/guard/set-by-hand.ts';
import type { AnyAlarm } from '../../../src/aws/alarms.ts';

const TURNED = new Date('2026-11-22T03:04:00.250Z');
const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:';

function metric(AlarmName: string, reasonData?: object): MetricAlarm {
  const settings = { Period: 60, Statistic: 'Sum', EvaluationPeriods: 1, Threshold: 5 } as const;
  const data = { queryDate: TURNED.toISOString(), period: 60, recentDatapoints: [9], threshold: 5 };
  return {
    ...{ AlarmName, AlarmArn: ARN + AlarmName, MetricName: 'Errors', StateValue: 'ALARM', ...settings },
    ...{ ComparisonOperator: 'GreaterThanThreshold', StateTransitionedTimestamp: TURNED },
    StateReasonData: JSON.stringify({ ...data, ...reasonData }),
  };
}

function composite(AlarmRule: string, AlarmName = 'all', turnedBy = ['errors']): CompositeAlarm {
  const triggeringAlarms = turnedBy.map((name) => ({ arn: ARN + name, state: { value: 'ALARM' } }));
  return {
    ...{ AlarmName, AlarmArn: ARN + AlarmName, AlarmRule, StateValue: 'ALARM' },
    ...{ StateTransitionedTimestamp: TURNED, StateReasonData: JSON.stringify({ triggeringAlarms }) },
  };
}

const signOf = (alarm: AnyAlarm, others: readonly AnyAlarm[], isComplete = true) =>
  signOfHand(alarm, { all: [alarm, ...others], metricAlarms: [], isComplete });

describe('a composite alarm', () => {
  const errors = metric('errors');
  const byHand = metric('errors', { recentDatapoints: [1] });

  test.each([
    ['ALARM(errors)'],
    ['ALARM("errors") AND NOT ALARM(maintenance)'],
    [`ALARM(${ARN}errors) OR ALARM("latency")`],
  ])('is genuine while an alarm of its rule is: %s', (rule) => {
    expect(signOf(composite(rule), [errors, metric('unrelated', { recentDatapoints: [1] })])).toBeNull();
  });

  test.each([['ALARM(errors)'], [`ALARM("${ARN}errors")`], ['ALARM(errors) OR ALARM(latency)']])(
    'is not genuine where an alarm of its rule was set by hand: %s',
    (rule) => {
      expect(signOf(composite(rule), [byHand, metric('latency')])).toMatch(
        /^of errors, 0 of its 1 datapoints breach/,
      );
    },
  );

  test.each([
    ['of another account', 'arn:aws:cloudwatch:eu-west-1:999999999999:alarm:errors'],
    ['of another Region', 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors'],
    ['whose name is a part of a name', `${ARN}error`],
    ['whose name is a word of the rule', `${ARN}ALARM`],
    ['that its rule does not name', `${ARN}latency`],
    ['with an ARN that is none', 'errors'],
  ])('is not genuine where an alarm %s is said to have turned it', (_, arn) => {
    const data = { triggeringAlarms: [{ arn, state: { value: 'ALARM' } }] };
    const forged = { ...composite('ALARM(errors) OR ALARM("cart")'), StateReasonData: JSON.stringify(data) };
    expect(signOf(forged, [errors])).toMatch(/^its rule does not name the alarm/);
  });

  test.each([
    ['ALARM(errors)'],
    ["ALARM('errors') OR ALARM( latency )"],
    ['AT_LEAST(1, ALARM, (latency, errors, "cart"))'],
    [`ALARM("${ARN}errors")`],
  ])('is genuine where its rule names the alarm that turned it: %s', (rule) => {
    expect(signOf(composite(rule), [errors])).toBeNull();
  });

  test.each([["ALARM('errors')"], ['AT_LEAST(1, ALARM, (latency, errors))']])(
    'is not genuine where an alarm in quotes or in a list was set by hand: %s',
    (rule) => {
      expect(signOf(composite(rule), [byHand])).toMatch(/^of errors, /);
    },
  );

  test.each(['errors (5xx)', 'errors, all', 'ALARM', "the shop's", 'a "b"'])(
    'is genuine where its rule names an alarm with signs of its language: %s',
    (name) => {
      const rule = `ALARM("${name.replaceAll('"', String.raw`\"`)}") OR ALARM(latency)`;
      expect(signOf(composite(rule, 'all', [name]), [metric(name)])).toBeNull();
      const byHandToo = metric(name, { recentDatapoints: [1] });
      expect(signOf(composite(rule, 'all', [name]), [byHandToo])).toMatch(/^of /);
    },
  );

  test('is not genuine where an alarm of the rule of its rule was set by hand', () => {
    const inner = composite('ALARM(errors)', 'inner');
    const outer = composite('ALARM(inner)', 'outer', ['inner']);
    expect(signOf(outer, [inner, errors])).toBeNull();
    expect(signOf(outer, [inner, byHand])).toMatch(/^of inner, of errors, /);
  });

  test('is not genuine while no alarm that its rule needs is red', () => {
    expect(signOf(composite('ALARM(errors) OR ALARM(latency)'), [])).toMatch(/^no alarm that its rule needs/);
  });

  test.each([
    ['ALARM(errors) AND ALARM(latency)', /^not every alarm that its rule needs/],
    ['(ALARM("errors")) AND (ALARM("a OR b"))', /^not every alarm that its rule needs/],
    ['ALARM(errors) AND (ALARM(latency) OR ALARM(cart))', null],
    ['ALARM(errors) AND NOT ALARM(latency)', null],
    ['ALARM(errors) AND OK(latency)', null],
  ])('that needs several is not genuine while only one of them is red: %s', (rule, sign) => {
    const found = signOf(composite(rule), [errors]);
    if (sign === null) expect(found).toBeNull();
    else expect(found).toMatch(sign);
  });

  test.each(['ALARM(errors) AND ALARM(latency)', 'ALARM("errors") AND (ALARM("latency") AND ALARM(errors))'])(
    'that needs several is genuine while all of them are red: %s',
    (rule) => {
      expect(signOf(composite(rule), [errors, metric('latency')])).toBeNull();
      expect(signOf(composite(rule), [errors], false)).toBeNull();
    },
  );

  test.each([
    ['more alarms are red than were read', 'ALARM(errors)', false],
    ['it waits for an alarm to be quiet', 'NOT OK(errors)', true],
    ['its rule counts', 'AT_LEAST(1, NOT OK, (errors, latency))', true],
    ['its rule names an alarm of another account', `ALARM(${ARN}errors)`, true],
  ])('is not doubted where %s', (_, rule, isComplete) => {
    expect(signOf(composite(rule), [], isComplete)).toBeNull();
  });
});

test('an alarm of a kind whose reasons are not documented is not doubted', () => {
  expect(signOf({ AlarmName: 'logs', StateValue: 'ALARM' }, [])).toBeNull();
});
