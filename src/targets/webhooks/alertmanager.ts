import { createHash } from 'node:crypto';
import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../../rollback/json.ts';
import { answerAlert, answerResolved, type Alert, type Answer } from './alert.ts';
import { targetsIn } from './labels.ts';
import { textOf } from './text.ts';
import { whyUnknown } from './unknown.ts';

type Found = Readonly<Record<string, unknown>>;

/** Alertmanager's own form has no mark of its own; it is what is left when it is not Grafana's. */
export function isAlertmanager(body: unknown): boolean {
  return Array.isArray(asRecord(body)?.['alerts']);
}

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export function readAlertmanager(body: unknown): readonly Answer[] {
  return readAlerts('alertmanager', body);
}

/** Each alert of a body in Alertmanager's form. What the group has in common stands in each of them too. */
export function readAlerts(by: string, body: unknown): readonly Answer[] {
  const { alerts, truncatedAlerts } = asRecord(body) ?? {};
  if (!Array.isArray(alerts)) return [rejected('alerts', 'must be a list')];
  return alerts.map((alert, index) =>
    readAlert(by, asRecord(alert) ?? {}, `alerts.${index}`, leftOut(truncatedAlerts)),
  );
}

/** `max_alerts` of a receiver shortens its messages. What was left out may be about other targets. */
function leftOut(truncated: unknown): string {
  if (typeof truncated !== 'number' || !(truncated > 0)) return '';
  return `${truncated} more alert${truncated === 1 ? '' : 's'} of its group were left out of the message`;
}

/**
 * By its status alone. `endsAt` says nothing here: while an alert fires it may be the year 0001, or a time to come at
 * which Alertmanager would give up on it.
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

/** Old versions send no fingerprint; it only ever stands for the labels. */
function fingerprintOf({ fingerprint }: Found, labels: Found): string {
  if (typeof fingerprint === 'string' && fingerprint !== '') return fingerprint;
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 32);
}
