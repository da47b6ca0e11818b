import { detailOf, optionalTextOf, textOf } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';

/** A deployment from an event, whose names are not checked yet. */
type NamedDeployment = Omit<ObservedDeployment, 'target'> & { readonly name: string };

const DETAIL_TYPE = 'CodeDeploy Deployment State-change Notification';

/**
 * The states without STOP: the event does not say whether a person or an alarm stopped the deployment, and a stop by a
 * person is no failure. If an alarm stopped it, that alarm has an event of its own, and the sweep finds the deployment
 * too.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  START: 'started',
  SUCCESS: 'completed',
  FAILURE: 'failed',
};

/**
 * Reads a deployment event of CodeDeploy. Returns null for any other event.
 * @throws InvalidRequest naming the field, if the deployment, its application or its group is missing
 */
export function observed(event: BusEvent): NamedDeployment | null {
  if (event.source !== 'aws.codedeploy' || event['detail-type'] !== DETAIL_TYPE) return null;
  const detail = detailOf(event);
  const said = optionalTextOf(detail, 'state') ?? '';
  const state = Object.hasOwn(STATES, said) ? STATES[said] : undefined;
  if (state === undefined) return null;
  const deployment = textOf(detail, 'deploymentId');
  const name = `${textOf(detail, 'application')}/${textOf(detail, 'deploymentGroup')}`;
  // The event has no reason. GetDeployment has.
  return { name, deployment, state, at: event.time, reason: '' };
}
