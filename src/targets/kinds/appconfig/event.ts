import { asRecord } from '../../../rollback/json.ts';
import { InvalidRequest } from '../../../rollback/errors.ts';
import { detailOf, textOf, type Detail } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';

/** A deployment from an event, whose ids are not checked yet. */
type NamedDeployment = Omit<ObservedDeployment, 'target'> & { readonly name: string };

/**
 * The events without that of a rollback: it does not say whether a person stopped the deployment or an alarm did, and a
 * stop by a person is no failure. An alarm has an event of its own.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-appconfig.html
 */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  'On Deployment Start': 'started',
  'On Deployment Complete': 'completed',
};

/** The parts of a target, in their order. */
const PARTS = ['Application', 'Environment', 'ConfigurationProfile'];

/**
 * Reads a deployment event of AppConfig by the ids in its detail. The resources name the extension's association, or
 * nothing. Returns null for any other event. Unknown: appconfig-native-events.
 * @throws InvalidRequest naming the field, if an id or the deployment's number is missing
 */
export function observed(event: BusEvent): NamedDeployment | null {
  const state = Object.hasOwn(STATES, event['detail-type']) ? STATES[event['detail-type']] : undefined;
  if (event.source !== 'aws.appconfig' || state === undefined) return null;
  const detail = detailOf(event);
  const name = PARTS.map((part) => idIn(detail, part)).join('/');
  return { name, deployment: numberIn(detail), state, at: event.time, reason: '' };
}

function idIn(detail: Detail, part: string): string {
  const named = asRecord(detail[part]);
  if (named === null) throw new InvalidRequest(`detail.${part}`, 'must be an object');
  return textOf(named, 'Id');
}

function numberIn({ DeploymentNumber: number }: Detail): string {
  if (Number.isSafeInteger(number)) return String(number);
  throw new InvalidRequest('detail.DeploymentNumber', 'must be a number');
}
