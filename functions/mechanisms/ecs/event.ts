import type { BusEvent, DeploymentSighting } from '../../../src/targets/kind.ts';

/** What an event says, before its service name is checked. */
type Seen = Omit<DeploymentSighting, 'target'> & { readonly name: string };

const DETAIL_TYPES = new Set(['ECS Deployment State Change', 'ECS Service Action']);

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
const STATES: Readonly<Record<string, DeploymentSighting['state']>> = {
  SERVICE_DEPLOYMENT_IN_PROGRESS: 'started',
  SERVICE_DEPLOYMENT_COMPLETED: 'completed',
  SERVICE_DEPLOYMENT_FAILED: 'failed',
};

/** Reads a deployment event of ECS; null for every other event and for every shape that is not one. */
export function sighting(event: BusEvent): Seen | null {
  if (event.source !== 'aws.ecs' || !DETAIL_TYPES.has(event['detail-type'])) return null;
  const detail = fields(event.detail);
  const eventName = text(detail['eventName']) ?? '';
  const state = Object.hasOwn(STATES, eventName) ? STATES[eventName] : undefined;
  const deployment = text(detail['deploymentId']);
  const name = serviceName(event.resources, text(detail['clusterArn']));
  if (state === undefined || deployment === null || name === null) return null;
  return {
    name,
    deployment,
    state,
    at: instant(detail['updatedAt']) ?? event.time,
    reason: text(detail['reason']) ?? eventName,
  };
}

/**
 * `cluster/service` of the service's ARN. ARNs of old accounts lack the cluster (`service/checkout`); then only
 * `detail.clusterArn`, which older events do not carry, can name it.
 */
function serviceName(resources: unknown, clusterArn: string | null): string | null {
  const arns = Array.isArray(resources) ? resources : [];
  for (const arn of arns) {
    const [, path] = /^arn:[^:]+:ecs:[^:]*:[^:]*:service\/(.+)$/.exec(text(arn) ?? '') ?? [];
    if (path === undefined) continue;
    if (path.includes('/')) return path;
    const [, cluster] = /:cluster\/([^/]+)$/.exec(clusterArn ?? '') ?? [];
    return cluster === undefined ? null : `${cluster}/${path}`;
  }
  return null;
}

function fields(detail: unknown): Readonly<Record<string, unknown>> {
  return typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** ECS's own time of the change; events were seen to arrive more than a minute after it. */
function instant(value: unknown): string | null {
  const at = Date.parse(text(value) ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
