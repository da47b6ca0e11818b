import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../../rollback/json.ts';
import { answerAlert, type Answer } from './alert.ts';
import { targetsAmong } from './labels.ts';
import { textOf, timeOf } from './text.ts';
import { stableTitle } from './title.ts';

/**
 * The transitions to alert. `Re-Triggered` has the cycle key of the first one. `Renotify` is left out, because it may
 * repeat a missing value or a warning, and does not say which.
 */
const ALERTING = ['Triggered', 'Re-Triggered'];

export function isDatadog(body: unknown): boolean {
  return asRecord(body)?.['alert_transition'] !== undefined;
}

/**
 * Reads Datadog's webhook. Its payload is configurable; this one has the variables by their own names
 * (docs/integrations.md). Tags are one text, separated by commas. The aggregation key is the same for all events of one
 * monitor and scope, the cycle key for one turn. A recovery has no time at which the alert began.
 * https://docs.datadoghq.com/integrations/webhooks/
 */
export function readDatadog(body: unknown): readonly Answer[] {
  const { alert_transition, alert_cycle_key, alert_title, alert_status, aggreg_key, date, tags } =
    asRecord(body) ?? {};
  const transition = textOf(alert_transition);
  if (transition === '') return [rejected('alert_transition', 'must be a text')];
  if (!ALERTING.includes(transition)) return [ignored(`the monitor's transition is ${transition}`)];
  const list = textOf(tags).split(',');
  return [
    answerAlert({
      by: 'datadog',
      turn: { field: 'alert_cycle_key', value: textOf(alert_cycle_key) },
      same: textOf(aggreg_key) || stableTitle(textOf(alert_title)),
      began: { field: 'date', value: timeOf(date) },
      name: textOf(alert_title),
      says: textOf(alert_status),
      targets: targetsAmong(
        list.map((tag) => tag.trim()),
        'tags',
      ),
    }),
  ];
}
