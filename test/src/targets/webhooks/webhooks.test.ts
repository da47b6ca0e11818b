import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../../src/rollback/request.ts';
import { explain } from '../../../../src/targets/explain.ts';
import { vendors } from '../../../../src/targets/webhooks/vendors.ts';
import {
  alert,
  alertmanager,
  datadog,
  firing,
  grafana,
  newrelic,
  pagerduty,
  TARGET,
} from '../../../functions/on-webhook/bodies.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../../../../shared/corpus/alert-webhooks');

describe('a body is recognised by its shape', () => {
  test.each(Object.entries(firing))('%s', (vendor, body) => {
    const { kind, targets, requests } = explain(body);
    expect({ kind, targets }).toEqual({ kind: 'request', targets: [TARGET] });
    expect(requests.map(({ trigger }) => trigger)).toMatchObject([{ by: vendor }]);
  });
});

describe('only what fires starts anything', () => {
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

test('no parser throws on any JSON, and what it asks for is well formed', () => {
  fc.assert(
    fc.property(anything, (body) => {
      const answers = vendors.flatMap(({ read }) => read(body));
      for (const answer of answers)
        if ('requests' in answer) answer.requests.forEach((one) => expect(readRequest(one)).toEqual(one));
    }),
    { numRuns: 1000 },
  );
});

describe.runIf(existsSync(CORPUS))('recorded bodies', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8')) as object;

  test.each(globSync('*.json', { cwd: CORPUS }))('%s names no target and starts nothing', (file) => {
    expect(explain(read(file))).toMatchObject({ kind: 'ignored', requests: [] });
  });

  test.each(globSync('{alertmanager_form,newrelic}*.json', { cwd: CORPUS }))('%s, labelled', (file) => {
    const body = read(file) as { alerts?: { labels: object }[] };
    const alerts = body.alerts?.map((one) => ({
      ...one,
      labels: { ...one.labels, lastgood_target: TARGET },
    }));
    const labelled = alerts === undefined ? { ...body, lastgood_target: TARGET } : { ...body, alerts };
    expect(explain(labelled).requests).toHaveLength(alerts?.length ?? 1);
  });
});
