import { asRecord } from '../../rollback/json.ts';
import { isAlertmanager, readAlerts } from './alertmanager.ts';
import type { Answer } from './alert.ts';

/** Says whether a body has Alertmanager's form with Grafana's own fields. */
export function isGrafana(body: unknown): boolean {
  const { orgId, state } = asRecord(body) ?? {};
  return isAlertmanager(body) && (orgId !== undefined || state !== undefined);
}

/**
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export function readGrafana(body: unknown): readonly Answer[] {
  return readAlerts('grafana', body);
}
