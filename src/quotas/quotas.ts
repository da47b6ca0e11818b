import type { Buckets, QuotasOfService } from './buckets.ts';
import { quotas as cloudwatch } from './cloudwatch.ts';
import { kinds } from './kinds.ts';

/**
 * A token bucket of AWS: `burst` calls at once, refilled at `perSecond`. All callers of an account and Region share it,
 * the owner's own deployments included.
 */
export interface Quota {
  readonly name: QuotaName;
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * The default quotas of the calls that Lastgood makes. Each kind's file names its page. Where a page names a rate and no
 * burst, the burst is that of one second.
 */
const SERVICES = [cloudwatch, ...kinds] as const;

type NameOf<Of> = Of extends QuotasOfService<infer All> ? keyof All & string : never;

export type QuotaName = NameOf<(typeof SERVICES)[number]>;

export const QUOTAS: readonly Quota[] = SERVICES.flatMap(({ buckets }) =>
  Object.entries<Buckets[string]>(buckets).map(([name, [burst, perSecond]]) => ({
    name: name as QuotaName,
    burst,
    perSecond,
  })),
);

/** Returns a quota by its name, or null for a name of another version of Lastgood. */
export function quotaNamed(name: string): Quota | null {
  return QUOTAS.find((quota) => quota.name === name) ?? null;
}

/** The part of a bucket of reads that rollbacks may reserve. */
const RESERVABLE = 9 / 10;

/** The same of a bucket that holds no more than it gets in a second: calls come a second or two after their turn. */
const RESERVABLE_OF_SMALL = 3 / 4;

/**
 * Returns a quota as rollbacks may reserve it. Some of a bucket of reads is left to the sweep and to the owner's own
 * calls: once a bucket is empty, every refused step repeats its reads, and most of what AWS then answers is read in vain.
 * Writes are Lastgood's alone, but for deployments, and a refused write is only made later.
 */
export function reservable(quota: Quota): Quota {
  const { name, burst, perSecond } = quota;
  if (name.endsWith(' modify') || name.endsWith(' write')) return quota;
  const part = burst > perSecond ? RESERVABLE : RESERVABLE_OF_SMALL;
  return { ...quota, perSecond: part * perSecond };
}

/**
 * Returns the quota of an operation, or null where Lastgood makes no such call or its quota is too large to matter.
 * @param service the name in the credential scope of the call: `ecs`, `monitoring`
 */
export function quotaOf(service: string, operation: string): QuotaName | null {
  return SERVICES.find((one) => one.service === service)?.of(operation) ?? null;
}
