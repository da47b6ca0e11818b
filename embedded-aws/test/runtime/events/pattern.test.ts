import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPattern } from '../../../runtime/events/check-pattern.ts';
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
    ['an address in a block', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
    ['an address beside a block', [{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
    ['an address of the other family', [{ cidr: '10.0.0.0/24' }], '::1', false],
    ['a longer address in a block', [{ cidr: '2001:db8::/32' }], '2001:0db8:0:1::2', true],
    ['a text that is no address', [{ cidr: '10.0.0.0/24' }], '10.0.0.256', false],
    ['exists', [{ exists: true }], 'x', true],
    ['exists, not', [{ exists: true }], undefined, false],
    ['is absent', [{ exists: false }], undefined, true],
    ['is absent, not', [{ exists: false }], 'x', false],
    ['one of several operators', [{ prefix: 'x' }, { exists: false }], undefined, true],
  ])('%s', (_, wanted, value, expected) => {
    checkPattern({ detail: { field: wanted } });
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

test('a pattern of several fields must match within one object of an array', () => {
  const pattern = { containers: { name: ['app'], exitCode: [1] } };
  const split = {
    containers: [
      { name: 'app', exitCode: 0 },
      { name: 'log', exitCode: 1 },
    ],
  };
  expect(matches(pattern, split)).toBe(false);
  expect(matches(pattern, { containers: [...split.containers, { name: 'app', exitCode: 1 }] })).toBe(true);
});

describe('dots join keys', () => {
  const nested = { detail: { state: { status: ['up'] } } };
  const dotted = { detail: { 'state.status': ['up'] } };
  test.each([
    ['of an event', nested, { detail: { 'state.status': 'up' } }, { detail: { 'state.status': 'down' } }],
    ['of a pattern', dotted, { detail: { state: { status: 'up' } } }, { detail: { state: 'up' } }],
    ['of both', dotted, { 'detail.state': { status: 'up' } }, { 'detail.state': { 'status.up': 'up' } }],
    ['in a list', dotted, { detail: { state: [{ status: 'up' }] } }, { detail: { state: [{}] } }],
    [
      'before $or',
      { 'detail.state': { $or: [{ status: ['up'] }, { 'old.status': ['up'] }] } },
      { detail: { state: { old: { status: 'up' } } } },
      { detail: { state: { old: 'up' } } },
    ],
  ])('%s', (_, pattern, event, other) => {
    expect([matches(pattern, event), matches(pattern, other)]).toEqual([true, false]);
  });
});

test('$or holds when one of its patterns does', () => {
  const pattern = { source: ['a'], $or: [{ detail: { x: [1] } }, { detail: { y: [2] } }] };
  expect(matches(pattern, { source: 'a', detail: { x: 0, y: 2 } })).toBe(true);
  expect(matches(pattern, { source: 'a', detail: { x: 0, y: 0 } })).toBe(false);
});

// The reasons are those of AWS's recorded answers, for other inputs of the same kinds.
describe('a pattern that EventBridge refuses', () => {
  const IN_LIST = 'Inside anything but list, start|null|boolean is not supported.';
  const NOT_A_VALUE = 'Value of anything-but must be an array or single string/number value.';
  const PART = 'prefix/suffix match pattern must be a string';

  test.each([
    ['an empty list', { field: [] }, 'Empty arrays are not allowed'],
    ['an empty object', { field: {} }, 'Empty objects are not allowed'],
    ['a text that is no list', { field: 'a' }, '"field" must be an object or an array'],
    ['a number that is no list', { detail: { field: 1 } }, '"field" must be an object or an array'],
    ['a list in a list', { field: [['a']] }, 'Match value must be String, number, true, false, or null'],
    ['one alternative', { $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.'],
    ['a bad alternative', { $or: [{ a: [1] }, { b: 2 }] }, '"b" must be an object or an array'],
  ])('%s', (_, pattern, reason) => {
    expect(() => checkPattern(pattern)).toThrow(invalid(reason));
  });

  test.each([
    [{ PREFIX: 'a' }, 'Unrecognized match type PREFIX'],
    [{ contains: 'a' }, 'Unrecognized match type contains'],
    [{ toString: 'a' }, 'Unrecognized match type toString'],
    [{ prefix: 'a', suffix: 'b' }, 'Only one key allowed in match expression'],
    [{ prefix: 1 }, 'prefix match pattern must be a string'],
    [{ suffix: ['a'] }, 'suffix match pattern must be a string'],
    [{ prefix: { suffix: 'a' } }, 'Unsupported prefix pattern: suffix'],
    [{ 'equals-ignore-case': ['a'] }, 'equals-ignore-case match pattern must be a string'],
    [{ exists: 'yes' }, 'exists match pattern must be either true or false.'],
    [{ wildcard: 1 }, 'wildcard match pattern must be a string'],
    [{ wildcard: 'a**b' }, 'Consecutive wildcard characters at pos 1'],
    [{ wildcard: 'a\\b' }, 'Invalid escape character at pos 1'],
    [
      { wildcard: '*/*/*/*/*/*' },
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    ],
    [{ numeric: 1 }, 'Value of numeric must be an array.'],
    [{ numeric: [1] }, 'Invalid member in numeric match: 1'],
    [{ numeric: ['~', 1] }, 'Unrecognized numeric range operator: ~'],
    [{ numeric: ['=', '1'] }, 'Value of equals must be numeric'],
    [{ numeric: ['>=', 1, '<='] }, 'Value of <= must be numeric'],
    [{ numeric: ['>=', 1, '>=', 2] }, 'Bad numeric range operator: >='],
    [{ numeric: ['<', 1, '>', 0] }, 'Too many elements in numeric expression'],
    [{ numeric: ['>', 1, '<', 2, '<', 3] }, 'Too many terms in numeric range expression'],
    [{ cidr: ['10.0.0.0/8'] }, 'prefix match pattern must be a string'],
    [{ cidr: '10.0.0.0' }, "Malformed CIDR, one '/' required"],
    [{ cidr: '10.0.0.0/x' }, 'Malformed CIDR, mask bits must be an integer'],
    [{ cidr: 'host/8' }, 'Nonstandard IP address: host'],
    [{ cidr: '10.0.0.0/32' }, 'IPv4 mask bits must be < 32'],
    [{ 'anything-but': null }, NOT_A_VALUE],
    [{ 'anything-but': ['a', true] }, IN_LIST],
    [
      { 'anything-but': ['a', 1] },
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [{ 'anything-but': { numeric: ['=', 1] } }, 'Unsupported anything-but pattern: numeric'],
    [{ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }, NOT_A_VALUE],
    [{ 'anything-but': { prefix: '' } }, 'Null prefix/suffix not allowed'],
    [{ 'anything-but': { suffix: ['a', 1] } }, PART],
    [{ 'anything-but': { wildcard: ['a*', 1] } }, 'wildcard match pattern must be a string'],
    [
      { 'anything-but': { 'equals-ignore-case': 1 } },
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    ],
  ])('with %j', (matcher, reason) => {
    expect(() => checkPattern({ detail: { field: ['other', matcher] } })).toThrow(invalid(reason));
  });
});

const invalid = (reason: string) =>
  expect.objectContaining({
    code: 'InvalidEventPatternException',
    message: `Event pattern is not valid. Reason: ${reason}`,
  }) as Error;

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
