import '../../paths/quiet.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onWebhook } from '../../../functions/on-webhook/on-webhook.ts';
import { createSecrets } from '../../../functions/on-webhook/secrets.ts';
import { createFakeStarter } from '../starter.ts';
import { alert, alertmanager, asEvent, firing, genuine, NOW, proof, secretOf, TARGET } from './bodies.ts';

const names = Object.keys(firing);

function set(up: readonly string[] = names, now = NOW) {
  const starter = createFakeStarter();
  const secrets = (vendor: string) => Promise.resolve(up.includes(vendor) ? secretOf(vendor) : undefined);
  return { starter, hook: onWebhook({ secretOf: secrets, starter, now: () => now }) };
}

const said = ({ body = '{}' }: { readonly body?: string }): unknown => JSON.parse(body);

describe.each(names)('%s', (vendor) => {
  const body = firing[vendor];

  test('starts a rollback of what the label names, and only once', async () => {
    const { hook, starter } = set();
    const first = await hook(genuine(vendor, body));
    const second = await hook(genuine(vendor, body));
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(said(first)).toEqual({ started: [{ target: TARGET, answer: 'started' }] });
    expect(said(second)).toEqual({ started: [{ target: TARGET, answer: 'already-started' }] });
    expect(starter.started).toMatchObject([{ target: TARGET, trigger: { type: 'request', by: vendor } }]);
  });

  test('is turned away without a word when the secret is wrong or missing', async () => {
    const { hook, starter } = set();
    const text = JSON.stringify(body);
    const forged: readonly Record<string, string>[] = [
      {},
      { authorization: '' },
      { authorization: 'Bearer ' },
      { authorization: secretOf(vendor) },
      { authorization: `Basic ${secretOf(vendor)}` },
      { 'x-pagerduty-signature': '' },
      { 'x-pagerduty-signature': 'v1=' },
      proof(vendor, text, 'a guess'),
      proof(vendor === 'pagerduty' ? 'grafana' : 'pagerduty', text, secretOf(vendor)),
    ];
    for (const headers of forged)
      expect(await hook(asEvent(vendor, text, headers))).toEqual({ statusCode: 401 });
    expect(starter.started).toEqual([]);
  });

  test('is not served before its secret is known', async () => {
    const { hook } = set(names.filter((name) => name !== vendor));
    expect(await hook(genuine(vendor, body))).toEqual({ statusCode: 503 });
  });

  test('starts nothing for an alert that began more than an hour ago', async () => {
    const { hook, starter } = set(names, '2026-11-22T03:59:00.000Z');
    const { statusCode } = await hook(genuine(vendor, body));
    expect({ statusCode, started: starter.started }).toEqual({ statusCode: 200, started: [] });
  });

  test('whatever it sends is answered', async () => {
    const { hook } = set();
    const anything = fc.oneof(fc.json(), fc.string());
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const { statusCode } = await hook(genuine(vendor, text.toWellFormed()));
        expect([200, 202, 400]).toContain(statusCode);
      }),
    );
  });
});

const any = fc.constantFrom(...names);
const stranger = fc.string({ minLength: 1, maxLength: 40 });

test('forgeries are refused: a wrong secret, a changed body, a changed proof', async () => {
  const { hook, starter } = set();
  await fc.assert(
    fc.asyncProperty(any, stranger, fc.nat(), async (vendor, secret, at) => {
      const text = JSON.stringify(firing[vendor]);
      const [[header, value] = ['', '']] = Object.entries(proof(vendor, text));
      const index = at % value.length;
      const changed = value.slice(0, index) + (value[index] === '0' ? '1' : '0') + value.slice(index + 1);
      const answers = await Promise.all([
        hook(asEvent(vendor, text, proof(vendor, text, secret))),
        hook(asEvent(vendor, text, { [header]: changed })),
        hook(asEvent('pagerduty', `${text} `, proof('pagerduty', text))),
      ]);
      expect(answers).toEqual(answers.map(() => ({ statusCode: 401 })));
    }),
    { numRuns: 700 },
  );
  expect(starter.started).toEqual([]);
});

test('genuine requests are accepted, whatever else they say', async () => {
  const { hook, starter } = set();
  const more = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(any, more, async (vendor, extra) => {
      const { statusCode } = await hook(genuine(vendor, { ...firing[vendor], ...extra }));
      expect(statusCode).toBe(202);
    }),
    { numRuns: 2100 },
  );
  expect(starter.started).toHaveLength(names.length);
});

describe('PagerDuty', () => {
  test('may sign with two secrets while one is changed', async () => {
    const text = JSON.stringify(firing['pagerduty']);
    const both = [proof('pagerduty', text, 'the next'), proof('pagerduty', text)].map(
      (one) => one['x-pagerduty-signature'],
    );
    const answer = await set().hook(asEvent('pagerduty', text, { 'x-pagerduty-signature': both.join(',') }));
    expect(answer.statusCode).toBe(202);
  });
});

test('one alert that cannot be read does not hold up another, and its field is named', async () => {
  const { hook, starter } = set();
  const bad = alert({ fingerprint: 'other' }, { lastgood_target: 'checkout' });
  const answer = await hook(genuine('alertmanager', alertmanager(bad, alert())));
  expect(answer.statusCode).toBe(400);
  expect(said(answer)).toMatchObject({
    field: 'alerts.0.labels.lastgood_target',
    started: [{ target: TARGET }],
  });
  expect(starter.started).toHaveLength(1);
});

test('what is not JSON is said to be that', async () => {
  const answer = await set().hook(genuine('grafana', 'firing!'));
  expect(answer).toMatchObject({ statusCode: 400 });
  expect(said(answer)).toMatchObject({ field: 'body' });
});

test('another route is not there', async () => {
  expect(await set().hook(genuine('nagios', {}))).toEqual({ statusCode: 404 });
});

test('a secret is read once a minute, and so is one that is missing', async () => {
  const asked: string[] = [];
  const stored = new Map<string, string>();
  let now = '2026-11-22T03:00:00.000Z';
  const read = (wanted: readonly string[]) => {
    asked.push(...wanted);
    return Promise.resolve(stored);
  };
  const secrets = createSecrets(read, '/hooks/', () => now);
  expect(await secrets('grafana')).toBeUndefined();
  stored.set('/hooks/grafana', 'hush\n');
  stored.set('/hooks/datadog', 'whisper');
  now = '2026-11-22T03:00:59.000Z';
  expect(await secrets('grafana')).toBeUndefined();
  expect(await secrets('datadog')).toBe('whisper');
  expect(asked).toEqual(['/hooks/grafana', '/hooks/datadog']);
  now = '2026-11-22T03:01:00.000Z';
  expect(await secrets('grafana')).toBe('hush');
  expect(await secrets('grafana')).toBe('hush');
  expect(asked).toEqual(['/hooks/grafana', '/hooks/datadog', '/hooks/grafana']);
  stored.set('/hooks/grafana', 'changed');
  now = '2026-11-22T03:01:59.000Z';
  expect(await secrets('grafana')).toBe('hush');
  now = '2026-11-22T03:02:00.000Z';
  expect(await secrets('grafana')).toBe('changed');
});

test.each(['', ' \n'])('a secret that is blank, %j, is none: anybody could sign with it', async (blank) => {
  const stored = new Map([['/hooks/pagerduty', blank]]);
  expect(
    await createSecrets(
      () => Promise.resolve(stored),
      '/hooks/',
      () => NOW,
    )('pagerduty'),
  ).toBeUndefined();
});

test('a secret that could not be read is asked for at once again', async () => {
  const answers = [
    Promise.reject(new Error('slow down')),
    Promise.resolve(new Map([['/hooks/grafana', 'hush']])),
  ];
  const secrets = createSecrets(
    () => answers.shift() ?? Promise.reject(new Error('no more')),
    '/hooks/',
    () => NOW,
  );
  await expect(secrets('grafana')).rejects.toThrow('slow down');
  expect(await secrets('grafana')).toBe('hush');
});
