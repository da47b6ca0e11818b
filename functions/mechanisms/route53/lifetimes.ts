import { regionOf } from './capacity.ts';
import type { Route53, WeightedRecord } from './route53.ts';
import type { RecordName } from '../../../src/targets/kinds/route53/target.ts';

/** How long resolvers may serve an old answer. */
export interface Lifetime {
  /** Seconds; if it is not known of every record, the longest known one. */
  readonly ttl: number;
  /** Targets of aliases whose TTL is unknown. */
  readonly unknown: readonly string[];
}

/**
 * TTL of load balancers and of websites in S3, in seconds. For other targets it is assumed, and reported as unknown.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 * https://aws.amazon.com/route53/faqs/
 */
const DOCUMENTED_TTL = 60;

/** Limits a chain of aliases; real chains are shorter. */
const MAX_ALIASES = 3;

/**
 * Reads the TTL of records. An alias has the TTL of the record in its zone that it points at, or the default of an AWS
 * resource.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
export async function lifetimeOf(
  records: readonly WeightedRecord[],
  name: RecordName,
  route53: Pick<Route53, 'records'>,
  aliases = MAX_ALIASES,
): Promise<Lifetime> {
  const found = await Promise.all(records.map((record) => lifetimeOfOne(record, name, route53, aliases)));
  return {
    ttl: Math.max(...found.map(({ ttl }) => ttl)),
    unknown: [...new Set(found.flatMap(({ unknown }) => unknown))],
  };
}

async function lifetimeOfOne(
  { alias, ttl }: WeightedRecord,
  { zone, type }: RecordName,
  route53: Pick<Route53, 'records'>,
  aliases: number,
): Promise<Lifetime> {
  if (alias === null) return { ttl: ttl ?? 0, unknown: [] };
  const { dnsName } = alias;
  if (isDocumented(dnsName)) return { ttl: DOCUMENTED_TTL, unknown: [] };
  const unknown = { ttl: DOCUMENTED_TTL, unknown: [dnsName] };
  if (alias.zone !== zone || aliases === 0) return unknown;
  const pointedAt = { zone, name: dnsName.replace(/\.$/, ''), type };
  const behind = (await route53.records(pointedAt)) ?? [];
  return behind.length === 0 ? unknown : lifetimeOf(behind, pointedAt, route53, aliases - 1);
}

function isDocumented(dnsName: string): boolean {
  return regionOf(dnsName) !== null || /^s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?\.?$/.test(dnsName);
}

/** Returns why the lifetime is unknown, or null if every TTL is known. */
export function whyUnknown({ unknown }: Lifetime): string | null {
  return unknown.length === 0
    ? null
    : `resolvers may give the old answer for an unknown time, because the TTL of ${unknown.join(' and ')} is unknown`;
}
