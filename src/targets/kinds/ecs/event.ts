import { InvalidRequest } from '../../../rollback/errors.ts';
import { detailOf, optionalTextOf, textOf } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';

/** A deployment from an event, whose service name is not checked yet. */
type NamedDeployment = Omit<ObservedDeployment, 'target'> & { readonly name: string };

const DETAIL_TYPES = new Set(['ECS Deployment State Change', 'ECS Service Action']);

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  SERVICE_DEPLOYMENT_IN_PROGRESS: 'started',
  SERVICE_DEPLOYMENT_COMPLETED: 'completed',
  SERVICE_DEPLOYMENT_FAILED: 'failed',
};

/**
 * Reads a deployment event of ECS. Returns null for any other event, and for one without a cluster, which ARNs in the
 * short format may cause.
 * @throws InvalidRequest naming the field, if the deployment or the service is missing
 */
export function observed(event: BusEvent): NamedDeployment | null {
  if (event.source !== 'aws.ecs' || !DETAIL_TYPES.has(event['detail-type'])) return null;
  const detail = detailOf(event);
  const eventName = optionalTextOf(detail, 'eventName') ?? '';
  const state = Object.hasOwn(STATES, eventName) ? STATES[eventName] : undefined;
  if (state === undefined) return null;
  const deployment = textOf(detail, 'deploymentId');
  const name = serviceName(event.resources, optionalTextOf(detail, 'clusterArn'));
  if (name === null) return null;
  return {
    name,
    deployment,
    state,
    // Unknown: updated-at-of-events.
    at: instant(optionalTextOf(detail, 'updatedAt')) ?? event.time,
    reason: optionalTextOf(detail, 'reason') ?? eventName,
  };
}

const SERVICE = /^arn:[^:]+:ecs:[^:]*:[^:]*:service\/(.+)$/;

/**
 * Returns `cluster/service` of the service's ARN. ARNs of old accounts lack the cluster (`service/checkout`); then
 * `detail.clusterArn` names it. Returns null if that is missing too, as in older events.
 * @throws InvalidRequest if no service is among the resources
 */
function serviceName(resources: readonly string[], clusterArn: string | null): string | null {
  const [path] = resources.flatMap((arn) => SERVICE.exec(arn)?.[1] ?? []);
  if (path === undefined) throw new InvalidRequest('resources', 'must have the ARN of a service');
  if (path.includes('/')) return path;
  const [, cluster] = /:cluster\/([^/]+)$/.exec(clusterArn ?? '') ?? [];
  return cluster === undefined ? null : `${cluster}/${path}`;
}

/** Returns ECS's own time of the change. Events have arrived more than a minute after it. */
function instant(value: string | null): string | null {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
