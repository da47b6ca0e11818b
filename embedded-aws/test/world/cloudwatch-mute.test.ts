import { expect, test } from 'vitest';
import { ALARM, openDesk } from './cloudwatch-desk.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:on-alarm';

/** Creates an alarm with an action, and a rule that mutes it for an hour. */
function muted(Expression: string, AlarmNames: string[] = ['errors']) {
  const desk = openDesk();
  const { operations } = desk.cloudwatch;
  operations.PutMetricAlarm.run({ ...ALARM, EvaluationPeriods: 1, AlarmActions: [FUNCTION] });
  operations.PutAlarmMuteRule.run({
    Name: 'night',
    Rule: { Schedule: { Expression, Duration: 'PT1H' } },
    MuteTargets: { AlarmNames },
  });
  const turn = () =>
    operations.SetAlarmState.run({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'x' });
  return { ...desk, turn, rules: operations.ListAlarmMuteRules };
}

/** Returns the minute in which the desk's clock begins, plus this many minutes. */
function minute(later: number): string {
  const { clock } = openDesk();
  return `at(${new Date(clock.now() + later * 60_000).toISOString().slice(0, 16)})`;
}

test('a muted alarm changes state and publishes a muted event, but runs no action', () => {
  const { turn, events, actions } = muted(minute(0));
  turn();
  expect(events.at(-1)?.detail).toMatchObject({
    state: { value: 'ALARM' },
    muteDetail: { mutedByArn: expect.stringContaining(':alarm-mute-rule:night') as string },
  });
  expect(actions).toEqual([]);
});

test.each([
  ['before its window', minute(30), undefined],
  ['of another alarm', minute(0), ['other']],
])('a rule %s mutes nothing', (_when, expression, alarms) => {
  const { turn, events, actions } = muted(expression, alarms);
  turn();
  expect(events.at(-1)?.detail).not.toHaveProperty('muteDetail');
  expect(actions).toHaveLength(1);
});

test('rules are listed by alarm and by status, which follows the window', async () => {
  const { rules, run } = muted(minute(30));
  const statuses = () =>
    rules.run({ AlarmName: 'errors' }).AlarmMuteRuleSummaries?.map(({ Status }) => Status);
  expect(statuses()).toEqual(['SCHEDULED']);
  expect(rules.run({ AlarmName: 'errors', Statuses: ['ACTIVE'] }).AlarmMuteRuleSummaries).toEqual([]);
  expect(rules.run({ AlarmName: 'other' }).AlarmMuteRuleSummaries).toEqual([]);
  await run(31 * 60);
  expect(statuses()).toEqual(['ACTIVE']);
  await run(60 * 60);
  expect(statuses()).toEqual(['EXPIRED']);
});

test.each(['PT30S', 'P16D', 'an hour'])('a window of %s is refused', (Duration) => {
  const { cloudwatch } = openDesk();
  const Rule = { Schedule: { Expression: minute(0), Duration } };
  expect(() => cloudwatch.operations.PutAlarmMuteRule.run({ Name: 'night', Rule })).toThrow('Duration');
});
