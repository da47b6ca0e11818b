import { InvalidRequest } from '../../../rollback/errors.ts';
import type { BusEvent, ObservedDeployment, Kind } from '../../kind.ts';
import { observed } from './event.ts';

/**
 * Printable ASCII without spaces and colons, at most 255 characters (API_CreateAutoScalingGroup). Names with spaces are
 * possible in old groups; a target cannot have them.
 */
const NAME = /^[!-9;-~]{1,255}$/;

/** The name behind a target string: `web-fleet` of `asg:web-fleet`. */
export function groupOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

function problemOf(name: string): string | null {
  return NAME.test(name) ? null : `${JSON.stringify(name)} is not the name of an Auto Scaling group`;
}

/**
 * Metrics of AWS/AutoScaling, and those of AWS/EC2 that are added up for a group, carry its name (EC2 Auto Scaling User
 * Guide, "Amazon CloudWatch metrics for Amazon EC2 Auto Scaling").
 */
function fromDimensions({ AutoScalingGroupName: name }: Readonly<Record<string, string>>): string | null {
  return name === undefined || problemOf(name) !== null ? null : name;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
function fromArn(arn: string): string | null {
  const name =
    /^arn:[^:]+:autoscaling:[^:]*:\d+:autoScalingGroup:[^:]+:autoScalingGroupName\/(.+)$/.exec(arn)?.[1] ??
    '';
  return problemOf(name) === null ? name : null;
}

/** A group of an old name with a space is none of ours; any other name that is none is a broken event. */
function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const seen = observed(event);
  if (seen === null) return null;
  const { name, ...rest } = seen;
  const problem = problemOf(name);
  if (problem !== null && name.includes(' ')) return null;
  if (problem !== null) throw new InvalidRequest('detail.AutoScalingGroupName', problem);
  return { target: `asg:${name}`, ...rest };
}

/** `asg:name`: an Auto Scaling group whose instances come from a launch template. */
export const kind: Kind = { name: 'asg', problemOf, fromDimensions, fromArn, fromDeploymentEvent };
