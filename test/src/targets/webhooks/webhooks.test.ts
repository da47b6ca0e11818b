import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../../src/rollback/request.ts';
import { explain as explainAt } from '../../../../src/targets/explain.ts';
import { vendors } from '../../../../src/targets/webhooks/vendors.ts';
import {
  alert,
  alertmanager,
  datadog,
  firing,
  grafana,
  newrelic,
  NOW,
  pagerduty,
  TARGET,
} from '../../../functions/on-webhook/bodies.ts';
import { fixture } from '../fixtures.ts';

const explain = (body: unknown, now = NOW) => explainAt(body, now);

const CORPUS = path.resolve(import.meta.dirname, '../../../../../shared/corpus/alert-webhooks');

describe('a body is recognised by its form', () => {
  test.each(Object.entries(firing))('%s', (vendor, body) => {
    const { kind, targets, requests } = explain(body);
    expect({ kind, targets }).toEqual({ kind: 'request', targets: [TARGET] });
    expect(requests.map(({ trigger }) => trigger)).toMatchObject([{ by: vendor }]);
  });
});

describe('only a firing alert requests a rollback', () => {
  test.each([
    ['alertmanager: resolved', alertmanager(alert({ status: 'resolved' }))],
    ['grafana: resolved', grafana(alert({ status: 'resolved' }))],
    ['grafana: no data', grafana(alert({}, { alertname: 'DatasourceNoData' }))],
    ['grafana: error', grafana(alert({}, { alertname: 'DatasourceError' }))],
    ['datadog: recovered', datadog({ alert_transition: 'Recovered' })],
    ['datadog: no data', datadog({ alert_transition: 'No Data' })],
    ['datadog: warning', datadog({ alert_transition: 'Warn' })],
    ['newrelic: closed', newrelic({ state: 'CLOSED' })],
    ['newrelic: acknowledged', newrelic({ state: 'ACKNOWLEDGED' })],
    ['pagerduty: resolved', pagerduty({ event_type: 'incident.resolved' })],
    ['newrelic: an incident of it closed', newrelic({ trigger: 'INCIDENT_CLOSED' })],
    ['no label', alertmanager(alert({ labels: { alertname: 'X' } }))],
    ['no alert', alertmanager()],
  ])('%s', (_, body) => {
    expect(explain(body)).toMatchObject({ kind: 'ignored', requests: [] });
    expect(explain(body).reason).not.toMatch(/^rejected/);
  });
});

describe('the wrong field is named', () => {
  test.each([
    [alertmanager(alert({ status: 'maybe' })), 'alerts.0.status'],
    [alertmanager(alert(), alert({ startsAt: 'today' })), 'alerts.1.startsAt'],
    [alertmanager(alert({ fingerprint: 'f'.repeat(300) })), 'alerts.0.fingerprint'],
    [alertmanager(alert({}, { lastgood_target: 'eks:web' })), 'alerts.0.labels.lastgood_target'],
    [datadog({ alert_cycle_key: '' }), 'alert_cycle_key'],
    [datadog({ date: 'now' }), 'date'],
    [datadog({ tags: 'lastgood.target:web' }), 'tags'],
    [newrelic({ createdAt: null }), 'createdAt'],
    [newrelic({ lastgood_target: 'web' }), 'lastgood_target'],
    [pagerduty({}, 'lastgood_target=web'), 'event.data.title'],
    [pagerduty({ occurred_at: 5 }), 'event.occurred_at'],
  ])('%#: %s', (body, field) => {
    expect(explain(body).reason).toContain(`rejected: ${field}: `);
  });
});

describe('an alert about missing data requests nothing', () => {
  const reasoned = (grafana_state_reason: string) => alert({ annotations: { grafana_state_reason } });
  test.each([
    ['DatasourceNoData', alert({}, { alertname: 'DatasourceNoData' })],
    ['DatasourceError', alert({}, { alertname: 'DatasourceError' })],
    ['an alert named No Data', alert({}, { alertname: 'No Data' })],
    ['no data as an alert', reasoned('NoData')],
    ['an error as an alert', reasoned('Error')],
    ['no data, the last state kept', reasoned('NoData, KeepLast')],
    ['an error, the last state kept', reasoned('Error, KeepLast')],
    ['no_data', reasoned('no_data')],
    ['No Data', reasoned('No Data')],
  ])('%s, from Grafana or through Alertmanager', (_, one) => {
    for (const body of [grafana(one), alertmanager(one)]) {
      expect(explain(body)).toMatchObject({ kind: 'ignored', requests: [] });
      expect(explain(body).reason).toContain('a missing value');
    }
  });

  test('other reasons do not', () => {
    expect(explain(grafana(reasoned('Updated'))).requests).toHaveLength(1);
    expect(explain(grafana(alert({}, { alertname: 'Errors without data' }))).requests).toHaveLength(1);
  });

  test('Grafana by way of PagerDuty', () => {
    const title = `[FIRING:1] DatasourceNoData shop lastgood_target=${TARGET}`;
    expect(explain(pagerduty({}, title))).toMatchObject({ kind: 'ignored', requests: [] });
  });
});

describe("the test of Grafana's contact point", () => {
  const test_ = (labels: object, summary = 'Notification test') =>
    grafana(alert({ annotations: { summary } }, { alertname: 'TestAlert', ...labels }));

  test('is ignored with any labels and annotations', () => {
    for (const body of [test_({ instance: 'Grafana' }), test_({ instance: 'Grafana' }, 'mine'), test_({})]) {
      expect(explain(body)).toMatchObject({ kind: 'ignored', requests: [] });
      expect(explain(body).reason).toContain('test of a contact point');
    }
  });

  test('is not every alert of that name', () => {
    expect(explain(test_({ instance: '10.0.0.1' }, 'Errors')).requests).toHaveLength(1);
  });
});

describe('one bad word among labels', () => {
  test.each([
    [alertmanager(alert({}, { lastgood_target: `${TARGET} web:edge` })), 'alerts.0.labels.lastgood_target'],
    [datadog({ tags: `lastgood.target:web:edge,lastgood.target:${TARGET}` }), 'tags'],
    [newrelic({ lastgood_target: ['web:edge', TARGET] }), 'lastgood_target'],
    [pagerduty({}, `lastgood_target=web:edge lastgood_target=${TARGET}`), 'event.data.title'],
  ])('%#: is named, and the valid one is requested', (body, field) => {
    const { kind, targets, requests, reason } = explain(body);
    expect({ kind, targets }).toEqual({ kind: 'request', targets: [TARGET] });
    expect(requests).toMatchObject([{ target: TARGET }]);
    expect(reason).toContain(`rejected: ${field}: "web:edge" must begin with a kind`);
  });
});

describe('an issue of New Relic that grows', () => {
  const grown = newrelic({
    trigger: 'INCIDENT_ADDED',
    createdAt: Date.parse('2026-11-22T01:00:00Z'),
    updatedAt: Date.parse('2026-11-22T02:57:00Z'),
    lastgood_target: ['asg:orders', 'asg:billing'],
  });

  test('is judged from when this incident was added, and is not too old', () => {
    expect(explain(grown).requests.map(({ target, trigger }) => [target, trigger?.at])).toEqual([
      ['asg:orders', '2026-11-22T02:57:00.000Z'],
      ['asg:billing', '2026-11-22T02:57:00.000Z'],
    ]);
  });

  test('is a turn of its own each time', () => {
    const ids = [grown, { ...grown, updatedAt: Date.parse('2026-11-22T02:59:00Z') }, newrelic()].map(
      (body) => explain(body).requests[0]?.trigger?.id,
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe('newrelic:a1b2');
  });

  test('is rejected by the field without a time', () => {
    expect(explain({ ...grown, updatedAt: undefined }).reason).toContain('rejected: updatedAt: ');
    expect(explain({ ...grown, id: '' }).reason).toContain('rejected: id: ');
  });
});

test.each([
  [14, '14 more alerts of its group were left out of the message'],
  [1, '1 more alert of its group'],
])('a group of which %d were left out requests a rollback, and says so', (truncatedAlerts, says) => {
  const { requests, reason } = explain({ ...alertmanager(alert()), truncatedAlerts });
  expect(requests).toHaveLength(1);
  expect(requests[0]!.reason).toContain(says);
  expect(reason).toContain(says);
});

test.each([0, -1, '14', null])('truncatedAlerts %j says nothing', (truncatedAlerts) => {
  expect(explain({ ...alertmanager(alert()), truncatedAlerts }).reason).not.toContain('left out');
});

test('an alert that began too long ago is ignored at that instant, and not before', () => {
  for (const body of Object.values(firing)) {
    expect(explain(body, '2026-11-22T03:58:00.000Z').requests).toHaveLength(1);
    expect(explain(body, '2026-11-22T03:58:01.000Z')).toMatchObject({
      kind: 'ignored',
      requests: [],
      reason: 'the alert began more than 60 minutes ago',
    });
  }
});

test.each([
  ['alertmanager', alertmanager(alert({ startsAt: '2026-11-22T02:58:00Z' })), 'alerts.0.startsAt'],
  ['grafana', grafana(alert({ startsAt: '2026-11-22T02:58:00Z' })), 'alerts.0.startsAt'],
  ['datadog', datadog(), 'date'],
  ['newrelic', newrelic(), 'createdAt'],
  ['pagerduty', pagerduty(), 'event.occurred_at'],
])('an alert of %s may begin a minute ahead, and is refused if it begins later', (_, body, field) => {
  expect(explain(body, '2026-11-22T02:57:00.000Z').requests).toHaveLength(1);
  expect(explain(body, '2026-11-22T02:56:59.999Z')).toMatchObject({
    kind: 'ignored',
    requests: [],
    reason: `rejected: ${field}: must not be more than 60 seconds in the future`,
  });
});

test('an alert of the future is beside no other', () => {
  const later = alert({ startsAt: '2026-11-22T03:02:00Z' }, { lastgood_target: 'asg:web' });
  const { requests } = explain(alertmanager(alert(), later), '2026-11-22T03:00:00.000Z');
  expect(requests).toHaveLength(1);
  expect(requests[0]?.trigger).not.toHaveProperty('with');
});

test.each([
  ['rollback-requested', 'time'],
  ['alarm-event-dimensions', 'detail.state.timestamp'],
])('%s of the future is explained as its function answers it', (name, field) => {
  expect(explain(fixture(name), '2026-11-01T00:00:00.000Z')).toMatchObject({
    kind: 'ignored',
    reason: `rejected: ${field}: must not be more than 60 seconds in the future`,
  });
});

test('requests have an estimated onset, before the alert began to fire', () => {
  for (const body of Object.values(firing)) {
    const [request] = explain(body).requests;
    expect(request?.trigger).toMatchObject({ onset: { until: request?.trigger?.at, estimated: true } });
  }
});

test.each(['lastgood_target', 'lastgood:target', 'lastgood.target'])('the label %s names targets', (name) => {
  const body = alertmanager(alert({ labels: { [name]: `${TARGET}  asg:web ${TARGET}` } }));
  expect(explain(body).targets).toEqual([TARGET, 'asg:web']);
  expect(explain(datadog({ tags: `a:b,${name}:asg:web` })).targets).toEqual(['asg:web']);
});

test('the same turn has the same id, the next turn another', () => {
  const idOf = (body: object) => explain(body).requests[0]?.trigger?.id;
  expect(idOf(alertmanager(alert({ annotations: {} })))).toBe(idOf(alertmanager(alert())));
  expect(idOf(alertmanager(alert({ startsAt: '2026-11-22T02:59:00Z' })))).not.toBe(
    idOf(alertmanager(alert())),
  );
  expect(idOf(datadog({ alert_transition: 'Re-Triggered', date: '1795316400000' }))).toBe(idOf(datadog()));
  const old = (labels: object) => idOf(alertmanager(alert({ fingerprint: undefined }, labels)));
  expect(old({ a: '1', b: '2' })).toBe(old({ b: '2', a: '1' }));
  expect(old({ a: '1' })).not.toBe(old({ a: '2' }));
});

test.each(['Renotify', 'No Data', 'Re-No Data', 'Warn', 'Recovered'])(
  "Datadog's transition %s starts nothing: it says of nothing that it alerts",
  (alert_transition) => expect(explain(datadog({ alert_transition })).requests).toEqual([]),
);

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('firing', TARGET, 'ACTIVATED', 'Triggered', 'incident.triggered', '2026-11-22T02:58:00Z'),
);
const names = ['status', 'labels', 'startsAt', 'fingerprint', 'lastgood_target', 'event', 'data', 'title'];
const objects = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value);
const known = fc.constantFrom(...Object.values(firing));
const anything = fc.oneof(
  fc.jsonValue(),
  objects,
  fc.record({ alerts: fc.array(fc.oneof(objects, value)) }),
  fc.tuple(known, objects).map(([body, more]) => ({ ...body, ...more })),
  fc.tuple(known, objects).map(([body, event]) => ({ ...body, event })),
);

test('no parser throws on any JSON, and its requests are well formed', () => {
  fc.assert(
    fc.property(anything, (body) => {
      const answers = vendors.flatMap(({ read }) => read(body));
      for (const answer of answers)
        if ('requests' in answer) answer.requests.forEach((one) => expect(readRequest(one)).toEqual(one));
    }),
    { numRuns: 1000 },
  );
});

/** Returns the instants that a body names, as texts or in milliseconds since the epoch. */
function instantsIn(body: object): readonly string[] {
  const found =
    JSON.stringify(body).match(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\b1[4-9]\d{11}\b/g) ?? [];
  return found.map((text) => new Date(/^\d+$/.test(text) ? Number(text) : text).toISOString());
}

describe.runIf(existsSync(CORPUS))('recorded bodies', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8')) as object;

  test.each(globSync('*.json', { cwd: CORPUS }))('%s names no target and requests nothing', (file) => {
    expect(explain(read(file))).toMatchObject({ kind: 'ignored', requests: [] });
  });

  test.each(globSync('{alertmanager_form,newrelic}*.json', { cwd: CORPUS }))('%s, labelled', (file) => {
    const body = read(file) as { alerts?: { labels: object }[] };
    const alerts = body.alerts?.map((one) => ({
      ...one,
      labels: { ...one.labels, lastgood_target: TARGET },
    }));
    const labelled = alerts === undefined ? { ...body, lastgood_target: TARGET } : { ...body, alerts };
    const requested = (at: string) => explain(labelled, at).requests.length;
    expect(Math.max(...instantsIn(body).map(requested))).toBeGreaterThan(0);
    expect([requested('2000-01-01T00:00:00.000Z'), requested('2036-01-01T00:00:00.000Z')]).toEqual([0, 0]);
  });
});
