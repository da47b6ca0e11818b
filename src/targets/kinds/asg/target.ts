import { InvalidRequest } from '../../../rollback/errors.ts';
import type { BusEvent, ObservedDeployment, Kind } from '../../kind.ts';
import { observed } from './event.ts';

/**
 * Printable ASCII without spaces and colons, at most 255 characters (API_CreateAutoScalingGroup). Old groups may have
 * names with spaces; a target may not.
 */
const NAME = /^[!-9;-~]{1,255}$/;

/** Returns the name in a target string: `web-fleet` of `asg:web-fleet`. */
export function groupOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

function problemOf(name: string): string | null {
  return NAME.test(name) ? null : `${JSON.stringify(name)} is not the name of an Auto Scaling group`;
}

/**
 * Returns the group's name. Metrics of AWS/AutoScaling have it as a dimension, and so do the metrics that AWS/EC2 sums
 * up for a group (EC2 Auto Scaling User Guide, "Amazon CloudWatch metrics for Amazon EC2 Auto Scaling").
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

/** Ignores a group whose old name has a space. Any other invalid name is a malformed event. */
function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const read = observed(event);
  if (read === null) return null;
  const { name, ...rest } = read;
  const problem = problemOf(name);
  if (problem !== null && name.includes(' ')) return null;
  if (problem !== null) throw new InvalidRequest('detail.AutoScalingGroupName', problem);
  return { target: `asg:${name}`, ...rest };
}

/** `asg:name`: an Auto Scaling group whose instances come from a launch template. */
export const kind: Kind = {
  name: 'asg',
  problemOf,
  fromDimensions,
  fromArn,
  fromDeploymentEvent,
  reads: {
    plan: [
      { quota: 'autoscaling read', calls: 2 },
      { quota: 'elb read', calls: 1 },
    ],
    revert: [{ quota: 'autoscaling read', calls: 2 }],
    readiness: [
      { quota: 'autoscaling read', calls: 3 },
      { quota: 'elb read', calls: 3 },
    ],
  },
};
