import { detailOf, optionalTextOf, textOf } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';

/** What an event says, before its names are checked. */
type Seen = Omit<ObservedDeployment, 'target'> & { readonly name: string };

const DETAIL_TYPE = 'CodeDeploy Deployment State-change Notification';

/**
 * STOP is left out: the event does not say whether a person or an alarm stopped the deployment, and a person may stop
 * what a person likes. Where an alarm did, that alarm is an event of its own, and the sweep looks too.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  START: 'started',
  SUCCESS: 'completed',
  FAILURE: 'failed',
};

/**
 * Reads a deployment event of CodeDeploy; null for every other event.
 * @throws InvalidRequest naming the field, where it lacks the deployment or whose it is
 */
export function observed(event: BusEvent): Seen | null {
  if (event.source !== 'aws.codedeploy' || event['detail-type'] !== DETAIL_TYPE) return null;
  const detail = detailOf(event);
  const said = optionalTextOf(detail, 'state') ?? '';
  const state = Object.hasOwn(STATES, said) ? STATES[said] : undefined;
  if (state === undefined) return null;
  const deployment = textOf(detail, 'deploymentId');
  const name = `${textOf(detail, 'application')}/${textOf(detail, 'deploymentGroup')}`;
  // The event does not say why: GetDeployment does.
  return { name, deployment, state, at: event.time, reason: '' };
}
