import { describe, expect, it } from 'vitest';
import { metricsIn } from '../../runtime/logs/embedded-metrics.ts';

const NOW = Date.parse('2026-11-22T03:00:00.000Z');

const directive = {
  Namespace: 'Shop',
  Dimensions: [['kind'], []],
  Metrics: [{ Name: 'Took', Unit: 'Seconds' }],
};
const line = (change: object = {}, metadata: object = {}) =>
  JSON.stringify({
    _aws: { Timestamp: NOW, CloudWatchMetrics: [directive], ...metadata },
    ...{ kind: 'a', Took: [1, 2] },
    ...change,
  });

describe('a line in the embedded metric format', () => {
  it('gives each value, under each set of dimensions', () => {
    const found = metricsIn(line(), NOW).map(({ dimensions, value }) => [dimensions, value]);
    expect(found).toEqual([
      [{ kind: 'a' }, 1],
      [{ kind: 'a' }, 2],
      [{}, 1],
      [{}, 2],
    ]);
    expect(metricsIn(line(), NOW)[0]).toMatchObject({
      namespace: 'Shop',
      name: 'Took',
      unit: 'Seconds',
      at: NOW,
    });
  });

  it.each([
    ['a value that is no number', line({ Took: 'long' })],
    ['a dimension that is no text', line({ kind: 1 })],
    ['no time', line({}, { Timestamp: undefined })],
    ['a time of three weeks ago', line({}, { Timestamp: NOW - 21 * 86_400_000 })],
    ['a time in three hours', line({}, { Timestamp: NOW + 3 * 3_600_000 })],
    ['no namespace', line({}, { CloudWatchMetrics: [{ ...directive, Namespace: '' }] })],
    ['no set of dimensions', line({}, { CloudWatchMetrics: [{ ...directive, Dimensions: [] }] })],
  ])('is refused with %s', (_, wrong) => {
    expect(() => metricsIn(wrong, NOW)).toThrow('breaks the embedded metric format');
  });
});

it.each(['plain words', '{"level":"INFO"}', '"_aws"', '{"_aws":{}}', 'text {"_aws":{}}'])(
  '%s is no such line',
  (other) => {
    expect(metricsIn(other, NOW)).toEqual([]);
  },
);
