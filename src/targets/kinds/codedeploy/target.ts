import type { BusEvent, ObservedDeployment, Kind } from '../../kind.ts';
import { observed } from './event.ts';

/** A deployment group as a target names it: `checkout/fleet`. */
export interface GroupName {
  readonly application: string;
  readonly group: string;
}

/**
 * 1 to 100 characters (API_CreateApplication and API_CreateDeploymentGroup, AWS CodeDeploy). AWS documents no forbidden
 * characters. A slash would hide where the group's name begins, and a target contains no spaces.
 */
const NAME = /^[^\s/]{1,100}$/;

/** Splits `checkout/fleet`. The name was checked when the target was read. */
export function readName(name: string): GroupName {
  const [application = '', group = ''] = name.split('/');
  return { application, group };
}

/** Returns the deployment group in a target string: `codedeploy:checkout/fleet`. */
export function groupOf(target: string): GroupName {
  return readName(target.slice(target.indexOf(':') + 1));
}

function problemOf(name: string): string | null {
  const parts = name.split('/');
  if (parts.length !== 2)
    return `${JSON.stringify(name)} must be an application and a deployment group: checkout/fleet`;
  const [application = '', group = ''] = parts;
  if (!NAME.test(application)) return `${JSON.stringify(application)} is not the name of an application`;
  if (!NAME.test(group)) return `${JSON.stringify(group)} is not the name of a deployment group`;
  return null;
}

/** Returns the name from a custom metric's dimensions. CodeDeploy publishes no metrics of its own. */
function fromDimensions(dimensions: Readonly<Record<string, string>>): string | null {
  const { Application, ApplicationName = Application, DeploymentGroup, DeploymentGroupName } = dimensions;
  const group = DeploymentGroupName ?? DeploymentGroup;
  if (ApplicationName === undefined || group === undefined) return null;
  const name = `${ApplicationName}/${group}`;
  return problemOf(name) === null ? name : null;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html */
function fromArn(arn: string): string | null {
  const name = /^arn:[^:]+:codedeploy:[^:]*:\d+:deploymentgroup:(.+)$/.exec(arn)?.[1] ?? '';
  return problemOf(name) === null ? name : null;
}

function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const read = observed(event);
  if (read === null || problemOf(read.name) !== null) return null;
  const { name, ...rest } = read;
  return { target: `codedeploy:${name}`, ...rest };
}

/** `codedeploy:application/group`: a deployment group of EC2 instances or of a Lambda alias. */
export const kind: Kind = {
  name: 'codedeploy',
  problemOf,
  fromDimensions,
  fromArn,
  fromDeploymentEvent,
  reads: {
    plan: [
      { quota: 'codedeploy read', calls: 5 },
      { quota: 'elb read', calls: 1 },
    ],
    revert: [{ quota: 'codedeploy read', calls: 2 }],
    readiness: [
      { quota: 'codedeploy read', calls: 5 },
      { quota: 'elb read', calls: 2 },
    ],
  },
};
