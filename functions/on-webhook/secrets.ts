import type { Parameters } from '../../src/aws/parameters.ts';
import { kept } from '../../src/lambda/kept.ts';
import type { Instant } from '../../src/rollback/request.ts';

/** A vendor's secret by its name; undefined until somebody has put it into Parameter Store. */
export type SecretOf = (vendor: string) => Promise<string | undefined>;

/**
 * Reads each secret once a minute, so that a changed one is soon the only one. So is one that is not there: anybody may
 * knock at the door of a tool that is not connected, and Parameter Store takes so many requests a second and no more from
 * all who need it.
 */
export function createSecrets(read: Parameters, prefix: string, now: () => Instant): SecretOf {
  return kept(async (vendor) => {
    const secret = (await read([prefix + vendor])).get(prefix + vendor)?.trim();
    return secret === '' ? undefined : secret;
  }, now);
}
