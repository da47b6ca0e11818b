import { createHmac } from 'node:crypto';

export const TARGET = 'ecs:prod/checkout';
export const NOW = '2026-11-22T03:00:00.000Z';
export const BEGAN = '2026-11-22T02:58:00.123456789Z';

export const secretOf = (vendor: string): string => `the secret of ${vendor}`;

export function alert(more: object = {}, labels: object = {}): object {
  return {
    status: 'firing',
    labels: { alertname: 'HighErrorRate', lastgood_target: TARGET, ...labels },
    annotations: { summary: 'one in ten requests fails' },
    startsAt: BEGAN,
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: 'c0ffee0123456789',
    ...more,
  };
}

export const alertmanager = (...alerts: readonly object[]): object => ({
  version: '4',
  status: 'firing',
  receiver: 'lastgood',
  alerts,
});

export const grafana = (...alerts: readonly object[]): object => ({
  ...alertmanager(...alerts),
  version: '1',
  orgId: 7,
  state: 'alerting',
});

export const datadog = (more: object = {}): object => ({
  alert_cycle_key: '61234',
  alert_transition: 'Triggered',
  alert_title: 'HighErrorRate',
  alert_status: 'one in ten requests fails',
  date: String(Date.parse('2026-11-22T02:58:00Z')),
  tags: `env:prod, lastgood.target:${TARGET}`,
  ...more,
});

export const newrelic = (more: object = {}): object => ({
  id: 'a1b2',
  issueUrl: 'https://newrelic.example/a1b2',
  title: 'HighErrorRate',
  state: 'ACTIVATED',
  createdAt: Date.parse('2026-11-22T02:58:00Z'),
  lastgood_target: [TARGET],
  ...more,
});

export const pagerduty = (more: object = {}, title = `HighErrorRate lastgood_target=${TARGET}`): object => ({
  event: {
    event_type: 'incident.triggered',
    occurred_at: '2026-11-22T02:58:00Z',
    data: { id: 'Q1W2', title },
    ...more,
  },
});

/** One firing alert of every vendor. */
export const firing: Readonly<Record<string, object>> = {
  alertmanager: alertmanager(alert()),
  grafana: grafana(alert()),
  datadog: datadog(),
  newrelic: newrelic(),
  pagerduty: pagerduty(),
};

/** Returns API Gateway's event for a request. */
export const asEvent = (vendor: string, body: string, headers: Record<string, string>): unknown => ({
  version: '2.0',
  routeKey: `POST /hooks/${vendor}`,
  headers,
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
});

/** Returns the header with which a vendor authenticates. */
export function proof(vendor: string, body: string, secret = secretOf(vendor)): Record<string, string> {
  return vendor === 'pagerduty'
    ? { 'x-pagerduty-signature': `v1=${createHmac('sha256', secret).update(body).digest('hex')}` }
    : { authorization: `Bearer ${secret}` };
}

export const genuine = (vendor: string, body: unknown): unknown => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return asEvent(vendor, text, proof(vendor, text));
};
