import { detailOf, textOf } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';

/** A deployment from an event, whose group name is not checked yet. */
type NamedDeployment = Omit<ObservedDeployment, 'target'> & { readonly name: string };

const PREFIX = 'EC2 Auto Scaling Instance Refresh ';

/**
 * The states by the words after the prefix. A cancelled refresh neither failed nor completed. A refresh that AWS begins
 * to roll back ends with an event of its own.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-eventbridge-events.html
 */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  Started: 'started',
  Succeeded: 'completed',
  Failed: 'failed',
  'Rollback Succeeded': 'completed',
  'Rollback Failed': 'failed',
};

/**
 * Reads an event about an instance refresh. Returns null for any other event.
 * @throws InvalidRequest naming the field, if the group or the refresh is missing
 */
export function observed(event: BusEvent): NamedDeployment | null {
  const type = event['detail-type'];
  if (event.source !== 'aws.autoscaling' || !type.startsWith(PREFIX)) return null;
  const what = type.slice(PREFIX.length);
  const state = Object.hasOwn(STATES, what) ? STATES[what] : undefined;
  if (state === undefined) return null;
  const detail = detailOf(event);
  const name = textOf(detail, 'AutoScalingGroupName');
  const deployment = textOf(detail, 'InstanceRefreshId');
  return { name, deployment, state, at: event.time, reason: `Instance Refresh ${what}` };
}
