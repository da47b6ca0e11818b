import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../json.ts';
import { answerAlert, type Answer } from './alert.ts';
import { targetsAmong } from './labels.ts';
import { textOf } from './text.ts';

const TRIGGERED = 'incident.triggered';

export function isPagerDuty(body: unknown): boolean {
  return asRecord(asRecord(body)?.['event'])?.['event_type'] !== undefined;
}

/**
 * Version 3. Its bodies carry neither labels nor the details of the alert behind them, so that the label is a word of
 * the title: `Errors in checkout lastgood_target=ecs:prod/checkout`.
 * https://developer.pagerduty.com/docs/webhooks-overview
 */
export function readPagerDuty(body: unknown): readonly Answer[] {
  const { event_type, occurred_at, data } = asRecord(asRecord(body)?.['event']) ?? {};
  if (typeof event_type !== 'string') return [rejected('event.event_type', 'must be a string')];
  if (event_type !== TRIGGERED) return [ignored(`"${event_type}" is not "${TRIGGERED}"`)];
  const { id, title } = asRecord(data) ?? {};
  return [
    answerAlert({
      by: 'pagerduty',
      turn: { field: 'event.data.id', value: textOf(id) },
      began: { field: 'event.occurred_at', value: textOf(occurred_at) },
      name: textOf(title),
      says: '',
      targets: targetsAmong(textOf(title).split(/\s+/), 'event.data.title'),
    }),
  ];
}
