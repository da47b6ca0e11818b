import type { HealthCheckConfig, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { AwsError } from '../service.ts';
import { normalName, sortKey } from './names.ts';

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly callerReference: string;
  /** By name, type and set identifier: what the API answers. */
  records: ReadonlyMap<string, ResourceRecordSet>;
  /** What the name servers answer: a change gets there with a delay. */
  published: ReadonlyMap<string, ResourceRecordSet>;
  /** Until when a change is being taken in, and when the last one will have reached all name servers. */
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
  /** What the checkers agree on, and how many checks in a row said otherwise. */
  healthy: boolean;
  streak: number;
  /** What the last check found. */
  passing: boolean;
  checkedAt: Date;
}

export type ResourceType = 'hostedzone' | 'healthcheck';

/** Everything that exists, by id. Tags by type and id. */
export interface Route53State {
  readonly zones: Map<string, Zone>;
  readonly changes: Map<string, Change>;
  readonly healthChecks: Map<string, HealthCheck>;
  readonly tags: Map<string, Map<string, string>>;
}

export function emptyState(): Route53State {
  return { zones: new Map(), changes: new Map(), healthChecks: new Map(), tags: new Map() };
}

/** Ids come with and without the prefix that answers have. */
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

/** Sorts in the order in which record sets are listed. */
export function keyOf({ Name = '', Type = '', SetIdentifier = '' }: KeyParts): string {
  return [sortKey(Name), Type, SetIdentifier].join('\u0000');
}

/** The record sets of one name and type. */
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
