import type { HealthCheckConfig, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { AwsError } from '../service.ts';
import { normalName, sortKey } from './names.ts';

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly callerReference: string;
  /** The records of API answers, by name, type and set identifier. */
  records: ReadonlyMap<string, ResourceRecordSet>;
  /** The records that the name servers answer. A change reaches them with a delay. */
  published: ReadonlyMap<string, ResourceRecordSet>;
  /** The end of the change being applied, and the instant when the last one has reached all name servers. */
  busyUntil: number;
  publishedAt: number;
}

export interface Change {
  readonly id: string;
  readonly submittedAt: Date;
  readonly comment: string | undefined;
  inSync: boolean;
}

export interface HealthCheck {
  readonly id: string;
  readonly callerReference: string;
  config: HealthCheckConfig;
  version: number;
  /** The checkers' agreed result, and the number of contrary checks in a row. */
  healthy: boolean;
  streak: number;
  /** The result of the last check. */
  passing: boolean;
  checkedAt: Date;
}

export type ResourceType = 'hostedzone' | 'healthcheck';

/** All Route 53 state, by id. Tags by type and id. */
export interface Route53State {
  readonly zones: Map<string, Zone>;
  readonly changes: Map<string, Change>;
  readonly healthChecks: Map<string, HealthCheck>;
  readonly tags: Map<string, Map<string, string>>;
}

export function emptyState(): Route53State {
  return { zones: new Map(), changes: new Map(), healthChecks: new Map(), tags: new Map() };
}

/** Returns an id without the prefix that answers have. Ids are accepted with and without it. */
export function bareId(id = ''): string {
  return id.replace(/^\/(hostedzone|change)\//, '');
}

export function findZone({ zones }: Route53State, id: string | undefined): Zone {
  const zone = zones.get(bareId(id));
  if (zone === undefined)
    throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${bareId(id)}`, 404);
  return zone;
}

export function findHealthCheck({ healthChecks }: Route53State, id: string | undefined): HealthCheck {
  const found = healthChecks.get(id ?? '');
  if (found === undefined)
    throw new AwsError('NoSuchHealthCheck', `A health check with id ${id ?? ''} does not exist.`, 404);
  return found;
}

interface KeyParts {
  readonly Name?: string | undefined;
  readonly Type?: string | undefined;
  readonly SetIdentifier?: string | undefined;
}

/** Returns the sort key of a record set, in the listing order. */
export function keyOf({ Name = '', Type = '', SetIdentifier = '' }: KeyParts): string {
  return [sortKey(Name), Type, SetIdentifier].join('\u0000');
}

/** Returns the record sets of one name and type. */
export function groupOf(
  records: ReadonlyMap<string, ResourceRecordSet>,
  name: string | undefined,
  type: string | undefined,
): readonly ResourceRecordSet[] {
  const wanted = normalName(name ?? '');
  return [...records.values()].filter((record) => record.Name === wanted && record.Type === type);
}

export function tagsOf({ tags }: Route53State, type: ResourceType, id: string): Record<string, string> {
  return Object.fromEntries(tags.get(`${type}/${id}`) ?? []);
}
