import type { AwsService, Operation } from '../world/service.ts';

/**
 * The services by the name in the credential scope. Several may have one name, each with operations of its own: Lambda's
 * functions are the world's, and to invoke ours is the runtime's.
 * @throws Error when two have the same operation
 */
export function bySigningName(services: readonly AwsService[]): ReadonlyMap<string, AwsService> {
  const all = new Map<string, Record<string, Operation>>();
  for (const { signingName, operations } of services) {
    const known = all.get(signingName) ?? {};
    const twice = Object.keys(operations).find((name) => Object.hasOwn(known, name));
    if (twice !== undefined) throw new Error(`two services have the operation ${signingName} ${twice}`);
    all.set(signingName, { ...known, ...operations });
  }
  return new Map([...all].map(([signingName, operations]) => [signingName, { signingName, operations }]));
}
