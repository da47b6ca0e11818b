import { asRecord } from '../../rollback/json.ts';
import { textOf } from './text.ts';

/** Alerts of these names say that a rule had no data, or that its query failed. */
const NAMES = ['datasourcenodata', 'datasourceerror', 'nodata'];

/** Parts of the annotation `grafana_state_reason` that say the same of an alert under its own name. */
const REASONS = ['nodata', 'error'];

/**
 * Why a firing alert of Grafana says nothing about the target, or null. Where a rule turns a missing value or a failed
 * query into an alert, the annotation `grafana_state_reason` still says so, perhaps among others: `NoData, KeepLast`.
 * Alertmanager forwards such alerts as they are. The test of a contact point comes with the labels that one gives it.
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
  return `${about} says that nothing is known, not that something is wrong`;
}

/** Whether a title that Grafana wrote is that of such an alert. */
export function isUnknownTitle(title: string): boolean {
  return /\bDatasource(?:NoData|Error)\b/i.test(title);
}

/** `NoData`, `no_data` and `No Data` are one. */
function inOneSpelling(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}
