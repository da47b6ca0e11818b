import { optionalTextOf, type Detail } from '../../detail.ts';
import type { NotedStop } from '../../../ledger/lookouts.ts';
import { asRecord } from '../../../rollback/json.ts';
import type { BusEvent } from '../../kind.ts';
import { failureOf, type Ended } from './failure.ts';

/** A hint whose service name is not checked yet. */
interface NamedHint {
  readonly name: string;
  readonly says: string;
  readonly stop?: NotedStop;
}

/**
 * The scheduler's complaints about a service. It repeats one after six hours at the earliest. Tasks that ran and
 * exited, or that failed health checks, do not impair the start: each of those has an event of its own.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 * Unknown: impaired-events-rate.
 */
const COMPLAINTS: Readonly<Record<string, string>> = {
  SERVICE_TASK_START_IMPAIRED: 'is unable to consistently start tasks',
  SERVICE_TASK_PLACEMENT_FAILURE: 'was unable to place a task',
  SERVICE_TASK_CONFIGURATION_FAILURE: 'was unable to place a task due to a configuration error',
};

/**
 * Reads an event that a stalled deployment may cause, among other troubles. Returns null for any other event, or
 * without a service. A service action does not name the deployment; a task names only what started it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function hint(event: BusEvent): NamedHint | null {
  const detail = event.source === 'aws.ecs' ? asRecord(event.detail) : null;
  if (detail === null) return null;
  switch (event['detail-type']) {
    case 'ECS Service Action':
      return ofService(event, detail);
    case 'ECS Task State Change':
      return ofTask(event, detail);
    default:
      return null;
  }
}

function ofService({ resources }: BusEvent, detail: Detail): NamedHint | null {
  const eventName = optionalTextOf(detail, 'eventName') ?? '';
  const says = Object.hasOwn(COMPLAINTS, eventName) ? COMPLAINTS[eventName] : undefined;
  const [service] = resources.flatMap(
    (arn) => /^arn:[^:]+:ecs:[^:]*:[^:]*:service\/(?:[^/]+\/)?([^/]+)$/.exec(arn)?.[1] ?? [],
  );
  const cluster = clusterOf(detail);
  if (says === undefined || service === undefined || cluster === null) return null;
  // Unknown: placement-reason-of-quota.
  const reason = optionalTextOf(detail, 'reason');
  return named(cluster, service, `${says}${reason === null ? '' : ` (${reason})`}`);
}

function ofTask({ time }: BusEvent, detail: Detail): NamedHint | null {
  const [, service] = /^service:(.+)$/.exec(optionalTextOf(detail, 'group') ?? '') ?? [];
  const cluster = clusterOf(detail);
  if (optionalTextOf(detail, 'lastStatus') !== 'STOPPED' || service === undefined || cluster === null)
    return null;
  const failure = failureOf({
    stopCode: optionalTextOf(detail, 'stopCode') ?? '',
    stoppedReason: optionalTextOf(detail, 'stoppedReason') ?? '',
    containers: containersIn(detail['containers']),
  });
  if (failure === null) return null;
  const stop = stopOf(detail, failure, time);
  return { ...named(cluster, service, `lost a task (${failure})`), ...(stop !== null && { stop }) };
}

/** Returns the stop for a lookout. Null: the event does not name what started the task, or what it ran. */
function stopOf(detail: Detail, says: string, time: string): NotedStop | null {
  const [id, startedBy, definition] = ['taskArn', 'startedBy', 'taskDefinitionArn'].map((field) =>
    optionalTextOf(detail, field),
  );
  if (id == null || startedBy == null || definition == null) return null;
  return {
    ...{ id, startedBy, says },
    at: optionalTextOf(detail, 'stoppingAt') ?? optionalTextOf(detail, 'stoppedAt') ?? time,
    definition: definition.slice(definition.lastIndexOf('/') + 1),
    // The pattern lets only failed health checks through with this code (hints.yml).
    kind: optionalTextOf(detail, 'stopCode') === 'ServiceSchedulerInitiated' ? 'health' : 'crash',
  };
}

function named(cluster: string, service: string, says: string): NamedHint {
  return { name: `${cluster}/${service}`, says: `service ${service} ${says}` };
}

function clusterOf(detail: Detail): string | null {
  return /:cluster\/([^/]+)$/.exec(optionalTextOf(detail, 'clusterArn') ?? '')?.[1] ?? null;
}

function containersIn(value: unknown): NonNullable<Ended['containers']> {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((one) => {
    const container = asRecord(one);
    if (container === null) return [];
    const { name, exitCode, reason } = container;
    return {
      ...(typeof name === 'string' && { name }),
      ...(typeof exitCode === 'number' && { exitCode }),
      ...(typeof reason === 'string' && { reason }),
    };
  });
}
