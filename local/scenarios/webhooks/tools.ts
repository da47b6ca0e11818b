import { createHmac } from 'node:crypto';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';

/** The monitoring tools that send alerts to Lastgood. */
export const TOOLS = ['alertmanager', 'grafana', 'datadog', 'newrelic', 'pagerduty'] as const;
export type Tool = (typeof TOOLS)[number];

const secretOf = (tool: Tool): string => `${SECRET_MARK} of ${tool}`;

/** Puts a tool's secret where Lastgood reads it. */
export function connect(stage: Stage, tool: Tool): void {
  const parameter = { Name: `/lastgood/prod/webhooks/${tool}`, Value: secretOf(tool), Type: 'SecureString' };
  stage.call('ssm', 'PutParameter', parameter);
}

/**
 * Returns the body that a tool sends while an alert fires.
 * @param began ISO 8601
 */
export function bodyOf(tool: Tool, began: string): object {
  const milliseconds = Date.parse(began);
  switch (tool) {
    case 'alertmanager':
      return inAlertmanagersForm(began);
    case 'grafana':
      return {
        ...inAlertmanagersForm(began),
        version: '1',
        orgId: 1,
        state: 'alerting',
        title: '[FIRING:1]',
      };
    case 'datadog':
      return {
        alert_cycle_key: '8246215713',
        alert_transition: 'Triggered',
        alert_title: 'Carts are empty',
        date: String(milliseconds),
        tags: `env:prod,lastgood.target:${TARGET}`,
      };
    case 'newrelic':
      return {
        id: '0f8a8b7e-3f1b-4f0e-a1b2-6d1f0c1e2a3b',
        issueUrl: 'https://newrelic.example/issues/1',
        title: 'Carts are empty',
        state: 'ACTIVATED',
        createdAt: milliseconds,
        lastgood_target: [TARGET],
      };
    case 'pagerduty':
      return {
        event: {
          id: '01EMBEDDED',
          event_type: 'incident.triggered',
          occurred_at: began,
          data: { id: 'PEMBED1', type: 'incident', title: `Carts are empty lastgood_target=${TARGET}` },
        },
      };
  }
}

export function inAlertmanagersForm(began: string, status: 'firing' | 'resolved' = 'firing'): object {
  const labels = { alertname: 'CartsAreEmpty', severity: 'critical', lastgood_target: TARGET };
  const annotations = { summary: 'Carts are empty since the release' };
  const alert = { status, labels, annotations, startsAt: began, endsAt: '0001-01-01T00:00:00Z' };
  return {
    version: '4',
    receiver: 'lastgood',
    status,
    alerts: [{ ...alert, fingerprint: '1f0c1e2a3b4d5e6f' }],
  };
}

/**
 * Sends a body as the tool does.
 * @param options `sends` replaces the body after it was signed; `knows` is the secret for the signature
 */
export async function sendAlert(
  { runtime, journal }: Stage,
  tool: Tool,
  body: object,
  { sends = body, knows = secretOf(tool) }: { readonly sends?: object; readonly knows?: string } = {},
): Promise<number> {
  const signature = createHmac('sha256', knows).update(JSON.stringify(body)).digest('hex');
  const proof =
    tool === 'pagerduty'
      ? { 'x-pagerduty-signature': `v1=${signature}` }
      : { authorization: `Bearer ${knows}` };
  const { status } = await fetch(`${runtime.api}/hooks/${tool}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...proof },
    body: JSON.stringify(sends),
  });
  journal.note(`${tool} sends an alert and gets status ${status}`);
  return status;
}
