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
 * An issue in the default template of a workflow, to which one line is added for the label (docs/integrations.md).
 * Times are milliseconds since the epoch. The reference that we could read names the variables, not the template: its
 * form is that of a captured body.
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
 * An issue grows: `INCIDENT_ADDED` tells of an incident that began now, however old the issue is. Which of the targets
 * that the issue has gathered it is about, the message does not say; so each is judged from now, and what was told of it
 * before is remembered. Conditions are gathered like targets, so that an issue is known by the title of its first incident.
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
