import { maskForeign } from '../../../aws/mask.ts';
import { InvalidRequest } from '../../../rollback/errors.ts';
import { detailOf, optionalTextOf, textOf, type Detail } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';
import { PATTERN, writeReport } from '../../report-id.ts';

/** The detail type with which another system reports a deployment, on the Lastgood bus. */
const REPORTED = 'Deployment Reported';

const STATES = ['started', 'completed', 'failed'] as const;
const FIELDS = ['target', 'deployment', 'revision', 'state', 'reason'];

/**
 * Reads a report. Equal `deployment`: its beginning and its end. Equal `revision`: the same content. Plan and the sweep
 * compare the source with the tag of the target, so it is kept in the id.
 * @throws InvalidRequest naming the field. A misspelt field must not report another deployment
 */
export function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  if (event['detail-type'] !== REPORTED || event.source.startsWith('aws.')) return null;
  const { source, time } = event;
  const detail = detailOf(event);
  const other = Object.keys(detail).find((field) => !FIELDS.includes(field));
  if (other !== undefined) throw new InvalidRequest(`detail.${other}`, 'is not a known field');
  const target = textOf(detail, 'target');
  if (!target.startsWith('external:'))
    throw new InvalidRequest('detail.target', 'must be of the kind external: AWS reports the others');
  const [deployment, revision] = [wordOf(detail, 'deployment'), wordOf(detail, 'revision')];
  const state = STATES.find((one) => one === detail['state']);
  if (state === undefined) throw new InvalidRequest('detail.state', `must be one of ${STATES.join(', ')}`);
  return {
    target,
    deployment: writeReport({ deployment, revision, source: checked(source, 'source') }),
    state,
    at: time,
    reason: maskForeign(optionalTextOf(detail, 'reason') ?? ''),
    isReport: true,
  };
}

function wordOf(detail: Detail, field: string): string {
  return checked(textOf(detail, field), `detail.${field}`);
}

function checked(word: string, field: string): string {
  if (!PATTERN.test(word)) throw new InvalidRequest(field, 'must have 1 to 128 characters, and no spaces');
  return word;
}
