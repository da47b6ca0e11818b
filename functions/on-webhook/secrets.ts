import type { Parameters } from '../../src/aws/parameters.ts';

/** A vendor's secret by its name; undefined until somebody has put it into Parameter Store. */
export type SecretOf = (vendor: string) => Promise<string | undefined>;

/**
 * Reads each secret once: a Lambda's container keeps what it has read, so a new secret is used by new containers. One
 * that is not there is asked for again: a tool may be connected after the stack was deployed.
 */
export function createSecrets(read: Parameters, prefix: string): SecretOf {
  const known = new Map<string, string>();
  return async (vendor) => {
    const kept = known.get(vendor);
    if (kept !== undefined) return kept;
    const secret = (await read([prefix + vendor])).get(prefix + vendor)?.trim();
    if (secret === undefined || secret === '') return undefined;
    known.set(vendor, secret);
    return secret;
  };
}
