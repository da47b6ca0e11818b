import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../../rollback/json.ts';
import { answerAlert, answerResolved, type Alert, type Answer } from './alert.ts';
import { textOf } from './text.ts';
import { stableTitle, targetsInTitle } from './title.ts';
import { isUnknownTitle } from './unknown.ts';

const TRIGGERED = 'incident.triggered';
const RESOLVED = 'incident.resolved';

type Found = Readonly<Record<string, unknown>>;

export function isPagerDuty(body: unknown): boolean {
  return asRecord(asRecord(body)?.['event'])?.['event_type'] !== undefined;
}

/**
 * Reads a webhook of version 3. Its bodies have neither labels nor the alert's details, so the label is a word of the
 * title: `Errors in checkout lastgood_target=ecs:prod/checkout`.
 * https://developer.pagerduty.com/docs/webhooks-overview
 */
export function readPagerDuty(body: unknown): readonly Answer[] {
  const event = asRecord(asRecord(body)?.['event']) ?? {};
  const { event_type, occurred_at } = event;
  const incident = asRecord(event['data']) ?? {};
  if (typeof event_type !== 'string') return [rejected('event.event_type', 'must be a string')];
  if (event_type === RESOLVED)
    return [answerResolved(toAlert(incident, incident['created_at']), 'the incident is resolved')];
  if (event_type !== TRIGGERED) return [ignored(`"${event_type}" is not "${TRIGGERED}"`)];
  if (isUnknownTitle(textOf(incident['title'])))
    return [ignored('the title reports a missing value or a failed query, not a fault of the target')];
  return [answerAlert(toAlert(incident, occurred_at))];
}

/**
 * Converts an incident. Its title identifies it, because its key differs each time unless the monitoring tool sets one.
 */
function toAlert({ id, title }: Found, began: unknown): Alert {
  return {
    by: 'pagerduty',
    turn: { field: 'event.data.id', value: textOf(id) },
    same: stableTitle(textOf(title)),
    began: { field: 'event.occurred_at', value: textOf(began) },
    name: textOf(title),
    says: '',
    targets: targetsInTitle(textOf(title), 'event.data.title'),
  };
}
