import { ignored, rejected } from '../answer.ts';
import { asRecord } from '../json.ts';
import { answerAlert, type Answer } from './alert.ts';
import { targetsIn } from './labels.ts';
import { textOf, timeOf } from './text.ts';

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
  const { id, state, title, createdAt, activatedAt = createdAt } = issue;
  if (typeof state !== 'string') return [rejected('state', 'must be a string')];
  if (state !== 'ACTIVATED') return [ignored(`the issue is ${state}`)];
  return [
    answerAlert({
      by: 'newrelic',
      turn: { field: 'id', value: textOf(id) },
      began: { field: 'createdAt', value: timeOf(activatedAt) },
      name: textOf(title),
      says: '',
      targets: targetsIn(issue, ''),
    }),
  ];
}
