import { describe, expect, test } from 'vitest';
import { readableReason, rounded, withPeople } from '../../../src/rollback/readable.ts';

describe('a number in a text', () => {
  test.each([
    ['40.166666666666664', '40.2'],
    ['0.45678', '0.457'],
    ['1181.0', '1181.0'],
    ['1181.256', '1181'],
    ['0.0000123456', '0.0000123'],
    ['of 40.123.', 'of 40.1.'],
    [
      'v1.2345, 10.20.30.40, 02:14:56.117 and aws-cli/2.3145',
      'v1.2345, 10.20.30.40, 02:14:56.117 and aws-cli/2.3145',
    ],
  ])('%s is read as %s', (text, readable) => {
    expect(rounded(text)).toBe(readable);
  });
});

test('the reason of an alarm has the digits that say something, and not how many datapoints are needed', () => {
  const reason =
    'Threshold Crossed: 2 out of the last 2 datapoints [40.166666666666664 (22/11/26 02:13:00), 21.7 (22/11/26 02:12:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).';
  expect(readableReason(reason)).toBe(
    'Threshold Crossed: 2 out of the last 2 datapoints [40.2 (22/11/26 02:13:00), 21.7 (22/11/26 02:12:00)] were greater than the threshold (5.0).',
  );
});

test('a person of Slack is named by the member id, and nothing else that begins so', () => {
  expect(withPeople('slack:U0ADA decided not to go back, asked by slack:channel.')).toBe(
    'Slack member U0ADA decided not to go back, asked by slack:channel.',
  );
});
