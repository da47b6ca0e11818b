import { Secret } from '../../src/aws/secret.ts';

/** Returns the values of a Parameter Store as they are read. */
export function asSecrets(values: Iterable<readonly [string, string]>): ReadonlyMap<string, Secret> {
  return new Map([...values].map(([name, value]) => [name, new Secret(value, name)]));
}

/** Returns read values as texts, to compare them. */
export function revealed(
  secrets: Readonly<Record<string, Secret | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret?.reveal()]));
}
