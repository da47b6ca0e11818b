import type { Parameters } from '../../src/aws/parameters.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';

/** A vendor's secret by its name; undefined until somebody has put it into Parameter Store. */
export type SecretOf = (vendor: string) => Promise<string | undefined>;

/** Short enough that a tool is served soon after it was connected. */
const MISSING_SECONDS = 60;

/**
 * Reads each secret once: a Lambda's container keeps what it has read, so a new secret is used by new containers. One
 * that is not there is asked for again, a minute later at the earliest: anybody may knock at the door of a tool that is
 * not connected, and Parameter Store takes so many requests a second and no more from all who need it.
 */
export function createSecrets(read: Parameters, prefix: string, now: () => Instant): SecretOf {
  const known = new Map<string, string>();
  const missingUntil = new Map<string, Instant>();
  return async (vendor) => {
    const kept = known.get(vendor);
    if (kept !== undefined) return kept;
    const until = missingUntil.get(vendor);
    if (until !== undefined && isAfter(until, now())) return undefined;
    const secret = (await read([prefix + vendor])).get(prefix + vendor)?.trim();
    if (secret === undefined || secret === '') {
      missingUntil.set(vendor, after(now(), MISSING_SECONDS));
      return undefined;
    }
    known.set(vendor, secret);
    return secret;
  };
}
