import '../../paths/silence-logs.ts';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Secret } from '../../../src/aws/secret.ts';
import type { Firings } from '../../../src/ledger/firings.ts';
import { onWebhook } from '../../../functions/on-webhook/on-webhook.ts';
import { asSecrets } from '../../fakes/parameters.ts';
import { createSecrets } from '../../../functions/on-webhook/secrets.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { explain } from '../../../src/targets/explain.ts';
import { vendors } from '../../../src/targets/webhooks/vendors.ts';
import { createFakeStarter } from '../starter.ts';
import {
  alert,
  alertmanager,
  asEvent,
  datadog,
  firing,
  genuine,
  grafana,
  newrelic,
  NOW,
  pagerduty,
  proof,
  secretOf,
  TARGET,
} from './bodies.ts';

const names = Object.keys(firing);

/** Records firings as the table does. */
function createFakeFirings(): Firings {
  const known = new Map<string, readonly string[]>();
  return {
    remember: ({ by, alert: of, target }, at) => {
      const key = [by, of, target].join();
      const before = known.get(key) ?? [];
      known.set(key, [...new Set([...before, at])].sort());
      return Promise.resolve(before.filter((one) => one < at));
    },
  };
}

function set(up: readonly string[] = names, now = NOW, firings = createFakeFirings()) {
  const starter = createFakeStarter();
  const secrets = (vendor: string) =>
    Promise.resolve(up.includes(vendor) ? new Secret(secretOf(vendor), vendor) : undefined);
  return { starter, hook: onWebhook({ secretOf: secrets, starter, firings, now: () => now }) };
}

const said = ({ body = '{}' }: { readonly body?: string }): unknown => JSON.parse(body);

describe.each(names)('%s', (vendor) => {
  const body = firing[vendor];

  test('starts a rollback of the target in the label, once', async () => {
    const { hook, starter } = set();
    const first = await hook(genuine(vendor, body));
    const second = await hook(genuine(vendor, body));
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(said(first)).toEqual({ started: [{ target: TARGET, answer: 'started' }] });
    expect(said(second)).toEqual({ started: [{ target: TARGET, answer: 'already-started' }] });
    expect(starter.started).toMatchObject([{ target: TARGET, trigger: { type: 'request', by: vendor } }]);
  });

  test('is refused without a body if the secret is wrong or missing', async () => {
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

  test('is refused before its secret is known', async () => {
    const { hook } = set(names.filter((name) => name !== vendor));
    expect(await hook(genuine(vendor, body))).toEqual({ statusCode: 503 });
  });

  test('starts nothing for an alert that began more than an hour ago', async () => {
    const { hook, starter } = set(names, '2026-11-22T03:59:00.000Z');
    const { statusCode } = await hook(genuine(vendor, body));
    expect({ statusCode, started: starter.started }).toEqual({ statusCode: 200, started: [] });
  });

  test('is answered for any body', async () => {
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

/** The same alert fires, is over, and fires again, in each tool's form. A recovery of Datadog has no start time. */
const turns: Readonly<Record<string, (began: string, of: string) => readonly object[]>> = {
  alertmanager: (startsAt) =>
    ['firing', 'resolved'].map((status) => alertmanager(alert({ startsAt, status }))),
  grafana: (startsAt) => ['firing', 'resolved'].map((status) => grafana(alert({ startsAt, status }))),
  datadog: (began, alert_cycle_key) => [
    datadog({ aggreg_key: 'k', alert_cycle_key, date: String(Date.parse(began)) }),
  ],
  newrelic: (began, id) => [
    newrelic({ id, createdAt: Date.parse(began) }),
    newrelic({ id, createdAt: Date.parse(began), state: 'CLOSED' }),
  ],
  pagerduty: (began, id) => [
    pagerduty({ occurred_at: began, data: { id, title: `[FIRING:1] Slow lastgood_target=${TARGET}` } }),
    pagerduty({
      event_type: 'incident.resolved',
      data: { id, created_at: began, title: `[FIRING:2] Slow lastgood_target=${TARGET}` },
    }),
  ],
};

describe.each(Object.entries(turns))('an earlier firing of the same alert in %s', (vendor, bodiesOf) => {
  const began = (minute: number) => `2026-11-22T02:${minute}:00.000Z`;
  const beforeOf = (requests: readonly Request[]) =>
    requests.map(({ trigger }) => (trigger?.type === 'request' ? trigger.before : null));

  test('is added to the request', async () => {
    const { hook, starter } = set();
    for (const minute of [10, 20, 30])
      for (const body of bodiesOf(began(minute), String(minute))) await hook(genuine(vendor, body));
    expect(beforeOf(starter.started)).toEqual([[], [began(10)], [began(10), began(20)]]);
  });

  test('is added too if only its end arrived, or if it was too old', async () => {
    const { hook, starter } = set();
    const [old] = bodiesOf('2026-11-22T01:30:00.000Z', '1');
    await hook(genuine(vendor, old));
    const [, over] = bodiesOf(began(20), '2');
    if (over !== undefined) await hook(genuine(vendor, over));
    await hook(genuine(vendor, bodiesOf(began(50), '3')[0]));
    const earlier = over === undefined ? [] : [began(20)];
    expect(beforeOf(starter.started)).toEqual([['2026-11-22T01:30:00.000Z', ...earlier]]);
  });

  test.each([
    ['cannot be read', () => Promise.reject(new Error('slow down'))],
    ['does not come', () => new Promise<never>(() => undefined)],
  ])('is not known if the table %s, and the rollback still starts', async (_, remember) => {
    const { hook, starter } = set(names, NOW, { remember });
    vi.useFakeTimers();
    const answered = hook(genuine(vendor, bodiesOf(began(50), '1')[0]));
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect((await answered).statusCode).toBe(202);
    expect(beforeOf(starter.started)).toEqual([undefined]);
  });
});

test('an alert about missing data is not recorded as a firing', async () => {
  const { hook, starter } = set();
  const noData = { annotations: { grafana_state_reason: 'NoData' }, startsAt: '2026-11-22T02:10:00.000Z' };
  await hook(genuine('grafana', grafana(alert(noData))));
  await hook(genuine('grafana', grafana(alert())));
  expect(starter.started).toMatchObject([{ trigger: { before: [] } }]);
});

test('simultaneous alerts of several targets name each other', async () => {
  const { hook, starter } = set();
  const other = alert({ fingerprint: 'other' }, { lastgood_target: 'asg:web' });
  await hook(genuine('alertmanager', alertmanager(alert(), other)));
  expect(starter.started).toMatchObject([
    { target: TARGET, trigger: { with: ['asg:web'] } },
    { target: 'asg:web', trigger: { with: [TARGET] } },
  ]);
});

test('a word that names no target is reported, and the valid one is started', async () => {
  const { hook, starter } = set();
  const answer = await hook(
    genuine('alertmanager', alertmanager(alert({}, { lastgood_target: `web:edge ${TARGET}` }))),
  );
  expect(answer.statusCode).toBe(400);
  expect(said(answer)).toMatchObject({
    field: 'alerts.0.labels.lastgood_target',
    problem: expect.stringContaining('"web:edge"') as unknown,
    started: [{ target: TARGET, answer: 'started' }],
  });
  expect(starter.started).toHaveLength(1);
});

test('explain answers as the function does, for any body and instant', async () => {
  const bodies = Object.values(turns).flatMap((bodiesOf) => bodiesOf('2026-11-22T02:58:00.000Z', '7'));
  const body = fc.constantFrom(...bodies, ...Object.values(firing));
  const minutes = fc.integer({ min: -5, max: 70 });
  await fc.assert(
    fc.asyncProperty(body, minutes, async (sent, later) => {
      const at = new Date(Date.parse(NOW) + later * 60_000).toISOString();
      const vendor = vendors.find(({ isTheirs }) => isTheirs(sent))!.name;
      const { hook, starter } = set(names, at);
      await hook(genuine(vendor, sent));
      const started = starter.started.map(({ trigger, ...request }) => ({
        ...request,
        trigger: Object.fromEntries(Object.entries(trigger ?? {}).filter(([name]) => name !== 'before')),
      }));
      expect(started).toEqual(explain(sent, at).requests);
    }),
  );
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

test('genuine requests are accepted, with any other content', async () => {
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
  test('may sign with two secrets during a change', async () => {
    const text = JSON.stringify(firing['pagerduty']);
    const both = [proof('pagerduty', text, 'the next'), proof('pagerduty', text)].map(
      (one) => one['x-pagerduty-signature'],
    );
    const answer = await set().hook(asEvent('pagerduty', text, { 'x-pagerduty-signature': both.join(',') }));
    expect(answer.statusCode).toBe(202);
  });
});

test('an unreadable alert does not stop another, and its field is named', async () => {
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

test('a body that is not JSON is rejected', async () => {
  const answer = await set().hook(genuine('grafana', 'firing!'));
  expect(answer).toMatchObject({ statusCode: 400 });
  expect(said(answer)).toMatchObject({ field: 'body' });
});

test('another route is not found', async () => {
  expect(await set().hook(genuine('nagios', {}))).toEqual({ statusCode: 404 });
});

test('a secret is read once a minute, and so is one that is missing', async () => {
  const asked: string[] = [];
  const stored = new Map<string, string>();
  let now = '2026-11-22T03:00:00.000Z';
  const read = (wanted: readonly string[]) => {
    asked.push(...wanted);
    return Promise.resolve(asSecrets(stored));
  };
  const secretOf = createSecrets(read, '/hooks/', () => now);
  const secrets = async (vendor: string) => (await secretOf(vendor))?.reveal();
  expect(await secrets('grafana')).toBeUndefined();
  stored.set('/hooks/grafana', 'hush');
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

test('a secret that could not be read is read again at once', async () => {
  const answers = [
    Promise.reject(new Error('slow down')),
    Promise.resolve(asSecrets([['/hooks/grafana', 'hush']])),
  ];
  const secrets = createSecrets(
    () => answers.shift() ?? Promise.reject(new Error('no more')),
    '/hooks/',
    () => NOW,
  );
  await expect(secrets('grafana')).rejects.toThrow('slow down');
  expect((await secrets('grafana'))?.reveal()).toBe('hush');
});
