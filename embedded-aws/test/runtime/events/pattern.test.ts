import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../../runtime/events/pattern.ts';

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
describe('an operator', () => {
  test.each([
    ['exact', ['a'], 'a', true],
    ['exact, of several', ['x', 'a'], 'a', true],
    ['exact, another', ['b'], 'a', false],
    ['exact is of one type', ['1'], 1, false],
    ['null', [null], null, true],
    ['true', [true], true, true],
    ['one of the values of an array', ['b'], ['a', 'b'], true],
    ['an object is no value', ['a'], { a: 1 }, false],
    ['prefix', [{ prefix: 'eu-' }], 'eu-west-1', true],
    ['prefix, not', [{ prefix: 'us-' }], 'eu-west-1', false],
    ['prefix of a number', [{ prefix: '1' }], 12, false],
    ['prefix in any case', [{ prefix: { 'equals-ignore-case': 'EU-' } }], 'eu-west-1', true],
    ['suffix', [{ suffix: '.png' }], 'a.png', true],
    ['suffix, not', [{ suffix: '.png' }], 'a.jpg', false],
    ['in any case', [{ 'equals-ignore-case': 'ALARM' }], 'alarm', true],
    ['wildcard', [{ wildcard: '*/checkout/*' }], 'arn/checkout/1', true],
    ['wildcard, not', [{ wildcard: 'a*z' }], 'ab', false],
    ['wildcard, an escaped star', [{ wildcard: 'a\\*' }], 'ab', false],
    ['wildcard, a dot is a dot', [{ wildcard: 'a.b' }], 'axb', false],
    ['numeric', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
    ['numeric, not', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
    ['numeric, equal', [{ numeric: ['=', 3] }], 3, true],
    ['numeric of a text', [{ numeric: ['=', 3] }], '3', false],
    ['anything but', [{ 'anything-but': 'a' }], 'b', true],
    ['anything but, that', [{ 'anything-but': ['a', 'b'] }], 'b', false],
    ['anything but a prefix', [{ 'anything-but': { prefix: 'aws.' } }], 'aws.ecs', false],
    ['anything but a prefix, another', [{ 'anything-but': { prefix: 'aws.' } }], 'lastgood', true],
    ['anything but suffixes', [{ 'anything-but': { suffix: ['a', 'b'] } }], 'xb', false],
    ['anything but needs a value', [{ 'anything-but': 'a' }], undefined, false],
    ['exists', [{ exists: true }], 'x', true],
    ['exists, not', [{ exists: true }], undefined, false],
    ['is absent', [{ exists: false }], undefined, true],
    ['is absent, not', [{ exists: false }], 'x', false],
    ['one of several operators', [{ prefix: 'x' }, { exists: false }], undefined, true],
  ])('%s', (_, wanted, value, expected) => {
    expect(
      matches({ detail: { field: wanted } }, { detail: value === undefined ? {} : { field: value } }),
    ).toBe(expected);
  });
});

test('every field of a pattern must match, at any depth', () => {
  const pattern = {
    source: ['aws.states'],
    detail: { status: ['FAILED', 'ABORTED'], machine: { arn: ['m'] } },
  };
  expect(
    matches(pattern, { source: 'aws.states', detail: { status: 'ABORTED', machine: { arn: 'm' } } }),
  ).toBe(true);
  expect(
    matches(pattern, { source: 'aws.states', detail: { status: 'ABORTED', machine: { arn: 'n' } } }),
  ).toBe(false);
  expect(matches(pattern, { source: 'aws.states' })).toBe(false);
});

test('a pattern reaches into the objects of an array', () => {
  const pattern = { detail: { containers: { exitCode: [1] } } };
  expect(matches(pattern, { detail: { containers: [{ exitCode: 0 }, { exitCode: 1 }] } })).toBe(true);
  expect(matches(pattern, { detail: { containers: [{ exitCode: 0 }] } })).toBe(false);
});

test('$or holds when one of its patterns does', () => {
  const pattern = { source: ['a'], $or: [{ detail: { x: [1] } }, { detail: { y: [2] } }] };
  expect(matches(pattern, { source: 'a', detail: { x: 0, y: 2 } })).toBe(true);
  expect(matches(pattern, { source: 'a', detail: { x: 0, y: 0 } })).toBe(false);
});

test.each([{ cidr: '10.0.0.0/8' }, { numeric: ['~', 1] }])('%j is refused, not ignored', (operator) => {
  expect(() => matches({ field: [operator] }, { field: 1 })).toThrow(/not modelled|has no operator/);
});

test('an event matches the pattern made of its own values', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const event = fc.dictionary(
    fc.string().filter((key) => key !== '$or' && key !== '__proto__'),
    value,
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(event, (given) => {
      const pattern = Object.fromEntries(Object.entries(given).map(([key, item]) => [key, [item]]));
      return matches(pattern, given) && !matches({ ...pattern, 'not there': [1] }, given);
    }),
  );
});

test('anything-but is the opposite of what it excludes, for texts', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      (one, other) =>
        matches({ a: [{ 'anything-but': one }] }, { a: other }) !== matches({ a: [one] }, { a: other }),
    ),
  );
});
