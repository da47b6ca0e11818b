import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidTag } from '../../../src/rollback/errors.ts';
import { readSettings } from '../../../src/rollback/settings.ts';

const RANGES = [
  ['lastgood:window', 'windowMinutes', 1, 240, 60],
  ['lastgood:soak', 'soakMinutes', 1, 1440, 30],
  ['lastgood:countdown', 'countdownMinutes', 1, 1440, 10],
  ['lastgood:cooldown', 'cooldownMinutes', 0, 1440, 60],
  ['lastgood:proof', 'proofMinutes', 1, 60, 2],
  ['lastgood:errors', 'tolerated', 0, 100, 5],
] as const;

/** The error's text, to see that it names the tag and the value. */
function problemOf(tags: Readonly<Record<string, string>>): string {
  try {
    readSettings(tags);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidTag);
    return (error as InvalidTag).message;
  }
  throw new Error('was accepted');
}

test('without tags a target is not opted in and every setting has its default', () => {
  expect(readSettings({ Name: 'checkout' })).toEqual({
    mode: 'none',
    windowMinutes: 60,
    soakMinutes: 30,
    countdownMinutes: 10,
    onSilence: 'stay',
    approvals: 1,
    cooldownMinutes: 60,
    proofMinutes: 2,
    tolerated: 5,
    alarms: [],
    probes: [],
    rehearse: false,
    prometheus: [],
    lookout: 'off',
    gate: false,
  });
});

test.each(['off', 'observe', 'act'] as const)('lastgood:lookout = %s', (value) => {
  expect(readSettings({ 'lastgood:lookout': value }).lookout).toBe(value);
});

test.each([
  ['on', true],
  ['off', false],
])('lastgood:gate = %s', (value, gate) => {
  expect(readSettings({ 'lastgood:gate': value }).gate).toBe(gate);
});

test.each(['lastgood:lookout', 'lastgood:gate'])('%s names itself and any other value', (tag) => {
  const problem = problemOf({ [tag]: 'auto' });
  expect([problem.includes(tag), problem.includes('auto')]).toEqual([true, true]);
});

describe.each(RANGES)('%s', (tag, setting, least, most, otherwise) => {
  test('has a default', () => {
    expect(readSettings({})[setting]).toBe(otherwise);
  });

  test('takes every whole number of its range', () => {
    fc.assert(
      fc.property(fc.integer({ min: least, max: most }), (value) => {
        expect(readSettings({ [tag]: String(value) })[setting]).toBe(value);
      }),
    );
  });

  test('names itself and the value when that is out of its range or no number', () => {
    const wrong = fc.oneof(
      fc
        .integer()
        .filter((value) => value < least || value > most)
        .map(String),
      fc.string().filter((text) => !/^\d+$/.test(text)),
      fc.constantFrom('', ' 5', '5 ', '1e2', '0x10', '٣', '5.0', '000010', 'NaN'),
    );
    fc.assert(
      fc.property(wrong, (value) => {
        const problem = problemOf({ [tag]: value });
        expect(problem).toContain(`tag ${tag}: `);
        expect(problem).toContain(JSON.stringify(value));
      }),
    );
  });
});

test.each([
  ['lastgood', 'yes', 'auto, approve, observe, none'],
  ['lastgood', 'AUTO', 'auto, approve, observe, none'],
  ['lastgood', '', 'auto, approve, observe, none'],
  ['lastgood:silence', 'maybe', 'go, stay'],
])('%s=%s is refused, and the error says what it may be', (tag, value, allowed) => {
  expect(problemOf({ [tag]: value })).toBe(`tag ${tag}: ${JSON.stringify(value)} must be one of ${allowed}`);
});

test('lists are split at spaces', () => {
  const settings = readSettings({
    'lastgood:alarms': ' checkout-5xx  checkout-latency ',
    'lastgood:probe': 'https://a.example/health http://b.example',
    'lastgood:prometheus': 'checkout-errors  checkout_latency.p99',
  });
  expect(settings.alarms).toEqual(['checkout-5xx', 'checkout-latency']);
  expect(settings.probes).toEqual(['https://a.example/health', 'http://b.example']);
  expect(settings.prometheus).toEqual(['checkout-errors', 'checkout_latency.p99']);
});

test('a tag lastgood:alarm, and each below it, names one alarm with its spaces', () => {
  const { alarms } = readSettings({
    'lastgood:alarms': 'checkout-5xx',
    'lastgood:alarm': ' Checkout errors ',
    'lastgood:alarm:2': 'Checkout latency p99',
    'lastgood:alarm:3': ' ',
  });
  expect(alarms).toEqual(['checkout-5xx', 'Checkout errors', 'Checkout latency p99']);
});

test.each([
  'ftp://a.example',
  'a.example',
  'https://',
  'https:///a',
  'http://[',
  'http://[::1',
  'file:///etc/passwd',
])('a probe must be an http or https URL: %s', (url) => {
  expect(problemOf({ 'lastgood:probe': `https://ok.example ${url}` })).toBe(
    'tag lastgood:probe: word 2 must be an http or https URL',
  );
});

test.each(['/lastgood/prod/slack/bot-token', 'a/b', '../a', 'a:1', 'a@b'])(
  'a Prometheus check must be a name, not a path: %s',
  (name) => {
    expect(problemOf({ 'lastgood:prometheus': `checkout ${name}` })).toBe(
      `tag lastgood:prometheus: ${JSON.stringify(name)} must be a name of letters, digits, _, . and -`,
    );
  },
);

describe('the user and the password of a URL', () => {
  const urls = [
    'https://reader:hunter2@host.example/',
    'https://hunter2@host.example/',
    'HTTPS://reader:hunter2@host.example/health',
    'https:reader:hunter2@host.example',
    'https://reader:hunter2@[',
    'ftp://reader:hunter2@host.example',
    '//reader:hunter2@host.example',
    'https:/reader:hunter2@host.example',
    'https://reader:hunter/2@host.example',
    'https://reader:hunter 2@host.example',
    'https://reader:hunter?2@host.example',
  ];
  const tags = [
    'lastgood',
    'lastgood:probe',
    'lastgood:alarms',
    'lastgood:needs',
    'lastgood:prometheus',
    'lastgood:soak',
  ];

  test.each(tags.flatMap((tag) => urls.map((url) => [tag, url] as const)))(
    'are refused in %s=%s, which is named and not repeated',
    (tag, url) => {
      const problem = problemOf({ [tag]: `https://ok.example ${url}` });
      expect(problem).toBe(`tag ${tag}: a URL must have no user and no password`);
    },
  );

  test('are no matter in the tags of others', () => {
    expect(() => readSettings({ link: 'https://reader:hunter2@host.example/' })).not.toThrow();
  });

  test.each(['https://host.example/@me', 'https://host.example/a//b@c', 'https://host.example/?by=//a@b.c'])(
    'are not what an @ in the path is: %s',
    (url) => {
      expect(readSettings({ 'lastgood:probe': url }).probes).toEqual([url]);
    },
  );
});

describe('lastgood:needs', () => {
  test('is absent where there is no such tag, and empty where it names nothing', () => {
    expect(readSettings({})).not.toHaveProperty('needs');
    expect(readSettings({ 'lastgood:needs': ' ' }).needs).toEqual([]);
  });

  test('names targets, alarms and what is read, separated by spaces', () => {
    const needs = ['ecs:prod/basket', 'alarm:orders-db', 'parameter:/shop/flag', 'appconfig:shop/prod/flags'];
    expect(readSettings({ 'lastgood:needs': needs.join('  ') }).needs).toEqual(needs);
  });

  test.each(['prod/basket', ':basket', 'ecs:', 'ECS:prod/basket'])('says that %j is none', (word) => {
    expect(problemOf({ 'lastgood:needs': `ecs:prod/db ${word}` })).toMatch(/lastgood:needs.*must be a kind/);
  });
});
