import type { BusEvent, DeploymentSighting } from '../../../src/targets/kind.ts';

/** What an event says, before its names are checked. */
type Seen = Omit<DeploymentSighting, 'target'> & { readonly name: string };

const DETAIL_TYPE = 'CodeDeploy Deployment State-change Notification';

/**
 * STOP is left out: the event does not say whether a person or an alarm stopped the deployment, and a person may stop
 * what a person likes. Where an alarm did, that alarm is an event of its own, and the sweep looks too.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
const STATES: Readonly<Record<string, DeploymentSighting['state']>> = {
  START: 'started',
  SUCCESS: 'completed',
  FAILURE: 'failed',
};

/** Reads a deployment event of CodeDeploy; null for every other event and for every shape that is not one. */
export function sighting(event: BusEvent): Seen | null {
  if (event.source !== 'aws.codedeploy' || event['detail-type'] !== DETAIL_TYPE) return null;
  const detail = fields(event.detail);
  const said = text(detail['state']) ?? '';
  const state = Object.hasOwn(STATES, said) ? STATES[said] : undefined;
  const deployment = text(detail['deploymentId']);
  const application = text(detail['application']);
  const group = text(detail['deploymentGroup']);
  if (state === undefined || deployment === null || application === null || group === null) return null;
  // The event does not say why: GetDeployment does.
  return { name: `${application}/${group}`, deployment, state, at: event.time, reason: '' };
}

function fields(detail: unknown): Readonly<Record<string, unknown>> {
  return typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
