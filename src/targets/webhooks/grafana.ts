import { ignored } from '../answer.ts';
import { asRecord } from '../json.ts';
import { isAlertmanager, readAlerts } from './alertmanager.ts';
import type { Answer } from './alert.ts';

/** Grafana tells as alerts of these names that a rule had no data or could not be evaluated. */
const UNKNOWN = ['DatasourceNoData', 'DatasourceError'];

/** Alertmanager's form with fields of Grafana's around it. */
export function isGrafana(body: unknown): boolean {
  const { orgId, state } = asRecord(body) ?? {};
  return isAlertmanager(body) && (orgId !== undefined || state !== undefined);
}

/**
 * Nothing known is nothing to roll back for.
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 * https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/nodata-and-error-states/
 */
export function readGrafana(body: unknown): readonly Answer[] {
  const { alerts } = asRecord(body) ?? {};
  const list: readonly unknown[] = Array.isArray(alerts) ? alerts : [];
  return readAlerts('grafana', body).map((answer, index) => {
    const { alertname } = asRecord(asRecord(list[index])?.['labels']) ?? {};
    return UNKNOWN.some((name) => name === alertname)
      ? ignored(`${String(alertname)} says that nothing is known, not that something is wrong`)
      : answer;
  });
}
