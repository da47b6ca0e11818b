import { asRecord } from '../../rollback/json.ts';
import { textOf } from './text.ts';

/** Names of alerts for a rule that had no data, or whose query failed. */
const NAMES = ['datasourcenodata', 'datasourceerror', 'nodata'];

/** Parts of the annotation `grafana_state_reason` with the same meaning, for an alert under its own name. */
const REASONS = ['nodata', 'error'];

/**
 * Returns why a firing alert of Grafana reports no fault of the target, or null if it does. If a rule turns a missing
 * value or a failed query into an alert, the annotation `grafana_state_reason` still says so, among others: `NoData,
 * KeepLast`. Alertmanager forwards such alerts unchanged. The test of a contact point has whatever labels its author
 * enters.
 * https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/nodata-and-error-states/
 * https://github.com/grafana/grafana/blob/main/pkg/services/ngalert/state/compat.go
 */
export function whyUnknown(alert: Readonly<Record<string, unknown>>): string | null {
  const { alertname, instance } = asRecord(alert['labels']) ?? {};
  const { grafana_state_reason, summary } = asRecord(alert['annotations']) ?? {};
  if (alertname === 'TestAlert' && (instance === 'Grafana' || summary === 'Notification test'))
    return 'is the test of a contact point, not an alert';
  const reason = textOf(grafana_state_reason);
  const isUnknown =
    NAMES.includes(inOneSpelling(textOf(alertname))) ||
    reason.split(',').some((part) => REASONS.includes(inOneSpelling(part)));
  if (!isUnknown) return null;
  const about = [textOf(alertname), reason].filter(Boolean).join(', ');
  return `${about} reports a missing value or a failed query, not a fault of the target`;
}

/** Says whether a title of Grafana's is that of such an alert. */
export function isUnknownTitle(title: string): boolean {
  return /\bDatasource(?:NoData|Error)\b/i.test(title);
}

/** Normalises `NoData`, `no_data` and `No Data` to one spelling. */
function inOneSpelling(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}
