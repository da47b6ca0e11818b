import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../../rollback/json.ts';
import { answerAlert, answerResolved, type Alert, type Answer } from './alert.ts';
import { targetsIn } from './labels.ts';
import { textOf, timeOf } from './text.ts';
import { stableTitle } from './title.ts';

type Issue = Readonly<Record<string, unknown>>;

export function isNewRelic(body: unknown): boolean {
  const { state, issueUrl } = asRecord(body) ?? {};
  return state !== undefined && issueUrl !== undefined;
}

/**
 * Reads an issue in the default template of a workflow, plus one line for the label (docs/integrations.md). Times are
 * milliseconds since the epoch. The reference names the variables, but not the template, whose form is that of a
 * captured body.
 * https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/
 */
export function readNewRelic(body: unknown): readonly Answer[] {
  const issue = asRecord(body) ?? {};
  const { state, trigger } = issue;
  if (typeof state !== 'string') return [rejected('state', 'must be a string')];
  if (state === 'CLOSED') return [answerResolved(toAlert(issue), 'the issue is CLOSED')];
  if (state !== 'ACTIVATED') return [ignored(`the issue is ${state}`)];
  if (/_CLOSED$/.test(textOf(trigger))) return [ignored('an incident of the issue is closed')];
  return [answerAlert(toAlert(issue))];
}

/**
 * Converts an issue. An issue grows: with `INCIDENT_ADDED` an incident began now, however old the issue is. The message
 * does not say which of the issue's targets the incident is about, so each target is judged from now. Earlier firings
 * stay recorded. An issue gathers conditions too, so the title of its first incident identifies it.
 * https://docs.newrelic.com/docs/alerts/get-notified/alert-event-workflows
 */
function toAlert(issue: Issue): Alert {
  const { id, title, state, trigger, createdAt, activatedAt = createdAt, updatedAt } = issue;
  const grows = state === 'ACTIVATED' && /_ADDED$/.test(textOf(trigger));
  const began = grows
    ? { field: 'updatedAt', value: timeOf(updatedAt) }
    : { field: 'createdAt', value: timeOf(activatedAt) };
  return {
    by: 'newrelic',
    turn: { field: 'id', value: textOf(id) && grows ? `${textOf(id)}/${began.value}` : textOf(id) },
    same: stableTitle(textOf(title)),
    began,
    name: textOf(title),
    says: '',
    targets: targetsIn(issue, ''),
  };
}
