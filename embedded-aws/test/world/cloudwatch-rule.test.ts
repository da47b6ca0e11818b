import { describe, expect, test } from 'vitest';
import { alarmsIn, holds, parseAlarmRule } from '../../world/cloudwatch/alarm-rule.ts';
import type { StateValue } from '../../world/cloudwatch/evaluation.ts';
import { refusal } from './elb-shop.ts';

const STATES: Readonly<Record<string, StateValue>> = {
  red: 'ALARM',
  green: 'OK',
  grey: 'INSUFFICIENT_DATA',
  'a (b)': 'ALARM',
};

describe('rules of composite alarms', () => {
  test.each([
    ['ALARM(red)', true],
    ['ALARM("green")', false],
    ['OK(green) AND INSUFFICIENT_DATA(grey)', true],
    ['NOT ALARM(red) OR OK(green)', true],
    ['NOT (ALARM(red) OR OK(green))', false],
    ['TRUE OR TRUE AND FALSE', true],
    ['FALSE AND TRUE OR TRUE', true],
    ['(TRUE OR TRUE) AND FALSE', false],
    ['ALARM("a (b)")', true],
    ['ALARM(gone)', false],
  ])('%s: %s', (rule, expected) => {
    expect(holds(parseAlarmRule(rule), (name) => STATES[name])).toBe(expected);
  });

  test.each([
    '',
    'ALARM',
    'ALARM()',
    'ALARM(red',
    'RED(red)',
    'ALARM(red) XOR TRUE',
    'AND TRUE',
    '(TRUE',
    'TRUE)',
  ])('%s is refused', (rule) => expect(refusal(() => parseAlarmRule(rule))).toBe('ValidationError'));

  test('the alarms that it looks at, each once', () => {
    expect(alarmsIn(parseAlarmRule('ALARM(red) AND (NOT OK(red) OR ALARM(green))'))).toEqual([
      'red',
      'green',
    ]);
  });
});
