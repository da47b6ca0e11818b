import type { Parameters } from '../../src/aws/parameters.ts';
import type { Secret } from '../../src/aws/secret.ts';
import { kept } from '../../src/lambda/kept.ts';
import type { Instant } from '../../src/rollback/request.ts';

/** Returns a vendor's secret; undefined until an operator has put it into Parameter Store. */
export type SecretOf = (vendor: string) => Promise<Secret | undefined>;

/**
 * Reads each secret once a minute, so that a changed one soon takes effect. Also keeps for a minute that a secret is
 * missing: anyone can call the route of a tool that is not connected, and all functions share Parameter Store's request
 * quota.
 */
export function createSecrets(read: Parameters, prefix: string, now: () => Instant): SecretOf {
  return kept(async (vendor) => (await read([prefix + vendor])).get(prefix + vendor), now);
}
