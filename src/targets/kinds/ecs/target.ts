import type { BusEvent, ObservedDeployment, Hint, Kind } from '../../kind.ts';
import { observed } from './event.ts';
import { hint } from './hint.ts';

/** A service as a target names it: `prod/checkout`. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

/**
 * Letters, digits, hyphens and underscores, at most 255 of them (API_CreateCluster and API_CreateService, Amazon ECS).
 */
const NAME = /^[A-Za-z0-9_-]{1,255}$/;

/** Splits `prod/checkout`. The name was checked when the target was read. */
export function readName(name: string): ServiceName {
  const [cluster = '', service = ''] = name.split('/');
  return { cluster, service };
}

/** Returns the name in a target string: `prod/checkout` of `ecs:prod/checkout`. */
export function serviceOf(target: string): ServiceName {
  return readName(target.slice(target.indexOf(':') + 1));
}

function problemOf(name: string): string | null {
  const parts = name.split('/');
  if (parts.length !== 2) return `${JSON.stringify(name)} must be a cluster and a service: prod/checkout`;
  const [cluster = '', service = ''] = parts;
  if (!NAME.test(cluster)) return `${JSON.stringify(cluster)} is not the name of an ECS cluster`;
  if (!NAME.test(service)) return `${JSON.stringify(service)} is not the name of an ECS service`;
  return null;
}

/** Metrics of AWS/ECS and of Container Insights have both names (Developer Guide, "Amazon ECS CloudWatch metrics"). */
function fromDimensions({ ClusterName, ServiceName }: Readonly<Record<string, string>>): string | null {
  if (ClusterName === undefined || ServiceName === undefined) return null;
  const name = `${ClusterName}/${ServiceName}`;
  return problemOf(name) === null ? name : null;
}

/**
 * ARNs in the short format name no cluster.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
 */
function fromArn(arn: string): string | null {
  return /^arn:[^:]+:ecs:[^:]*:\d+:service\/([^/]+\/[^/]+)$/.exec(arn)?.[1] ?? null;
}

function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const read = observed(event);
  if (read === null || problemOf(read.name) !== null) return null;
  const { name, ...rest } = read;
  return { target: `ecs:${name}`, ...rest };
}

function fromHint(event: BusEvent): Hint | null {
  const read = hint(event);
  if (read === null) return null;
  const { name, ...rest } = read;
  return { target: `ecs:${name}`, ...rest };
}

/** `ecs:cluster/service`: a service with any deployment controller. */
export const kind: Kind = {
  name: 'ecs',
  problemOf,
  fromDimensions,
  fromArn,
  fromDeploymentEvent,
  fromHint,
  reads: {
    plan: [
      { quota: 'ecs service read', calls: 1 },
      { quota: 'ecs service deployment read', calls: 2 },
      { quota: 'ecs service revision read', calls: 1 },
      { quota: 'ecs task definition read', calls: 2 },
    ],
    revert: [
      { quota: 'ecs service read', calls: 1 },
      { quota: 'ecs service deployment read', calls: 1 },
    ],
    readiness: [
      { quota: 'ecs service read', calls: 1 },
      { quota: 'ecs service revision read', calls: 1 },
      { quota: 'ecs task definition read', calls: 3 },
      { quota: 'elb read', calls: 8 },
      { quota: 'codedeploy read', calls: 1 },
    ],
  },
};
