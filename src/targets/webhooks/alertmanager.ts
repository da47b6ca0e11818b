import { createHash } from 'node:crypto';
import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../../rollback/json.ts';
import { answerAlert, answerResolved, type Alert, type Answer } from './alert.ts';
import { targetsIn } from './labels.ts';
import { textOf } from './text.ts';
import { whyUnknown } from './unknown.ts';

type Found = Readonly<Record<string, unknown>>;

/** Says whether a body has Alertmanager's form. Grafana's has it too, so check for Grafana first. */
export function isAlertmanager(body: unknown): boolean {
  return Array.isArray(asRecord(body)?.['alerts']);
}

/** Reads Alertmanager's webhook. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export function readAlertmanager(body: unknown): readonly Answer[] {
  return readAlerts('alertmanager', body);
}

/** Reads each alert of a body in Alertmanager's form. Each alert repeats the common labels of its group. */
export function readAlerts(by: string, body: unknown): readonly Answer[] {
  const { alerts, truncatedAlerts } = asRecord(body) ?? {};
  if (!Array.isArray(alerts)) return [rejected('alerts', 'must be a list')];
  return alerts.map((alert, index) =>
    readAlert(by, asRecord(alert) ?? {}, `alerts.${index}`, leftOut(truncatedAlerts)),
  );
}

/** Says how many alerts a receiver's `max_alerts` cut off. They may be about other targets. */
function leftOut(truncated: unknown): string {
  if (typeof truncated !== 'number' || !(truncated > 0)) return '';
  return `${truncated} more alert${truncated === 1 ? '' : 's'} of its group were left out of the message`;
}

/**
 * Reads an alert by its status alone. Ignores `endsAt`: while an alert fires, that may be the year 0001, or a future
 * time at which Alertmanager would drop the alert.
 */
function readAlert(by: string, alert: Found, field: string, leftOut: string): Answer {
  const unknown = whyUnknown(alert);
  switch (alert['status']) {
    case 'firing':
      return unknown === null ? answerAlert(toAlert(by, alert, field, leftOut)) : ignored(unknown);
    case 'resolved':
      return answerResolved(toAlert(by, alert, field, leftOut), 'the alert is resolved');
    default:
      return rejected(`${field}.status`, 'must be one of firing, resolved');
  }
}

function toAlert(by: string, alert: Found, field: string, leftOut: string): Alert {
  const labels = asRecord(alert['labels']) ?? {};
  const { summary, description, message } = asRecord(alert['annotations']) ?? {};
  const startsAt = textOf(alert['startsAt']);
  const fingerprint = fingerprintOf(alert, labels);
  return {
    by,
    turn: { field: `${field}.fingerprint`, value: `${fingerprint}/${startsAt}` },
    same: fingerprint,
    began: { field: `${field}.startsAt`, value: startsAt },
    name: textOf(labels['alertname']),
    says: [textOf(summary) || textOf(description) || textOf(message), leftOut].filter(Boolean).join('; '),
    targets: targetsIn(labels, `${field}.labels`),
  };
}

/** Returns the fingerprint. Old versions send none, so a hash of the labels replaces it. */
function fingerprintOf({ fingerprint }: Found, labels: Found): string {
  if (typeof fingerprint === 'string' && fingerprint !== '') return fingerprint;
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 32);
}
