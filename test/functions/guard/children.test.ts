import { expect, test } from 'vitest';
import { childrenOf } from '../../../functions/guard/children.ts';
import type { AnyAlarm } from '../../../src/aws/alarms.ts';

const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:';
const red = (AlarmName: string): AnyAlarm => ({
  ...{ AlarmName, AlarmArn: `${ARN}${AlarmName}`, MetricName: 'Errors' },
  StateTransitionedTimestamp: new Date('2026-11-22T03:04:00.000Z'),
});
const namesIn = (AlarmRule: string) =>
  childrenOf({ AlarmName: 'service', AlarmRule }, { all: [red('a'), red('b')] }).map(({ alarm }) => alarm);

test.each([
  ['ALARM(a) AND NOT ALARM(b)', ['a']],
  ['ALARM("a") AND NOT ALARM("b")', ['a']],
  [`ALARM(a) AND NOT ALARM(${ARN}b)`, ['a']],
  ['ALARM(a) AND OK(b)', ['a']],
  ['ALARM(a) AND NOT OK(b)', ['a', 'b']],
  ['(ALARM(a) AND NOT ALARM(b)) OR ALARM(b)', ['a', 'b']],
  ['ALARM(a) OR ALARM(b)', ['a', 'b']],
])('the red alarms in the rule %s that show harm', (rule, names) => {
  expect(namesIn(rule)).toEqual(names);
});
