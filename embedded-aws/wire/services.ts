import type { AwsService } from '../world/service.ts';

/**
 * Returns the services by the name in the credential scope. Several may share a name, each with its own operations: the
 * world has Lambda's functions, and the runtime invokes the stack's.
 * @throws Error when two have the same operation
 */
export function bySigningName(services: readonly AwsService[]): ReadonlyMap<string, AwsService> {
  const all = new Map<string, AwsService>();
  for (const { signingName, operations, honoured } of services) {
    const known = all.get(signingName);
    const twice = Object.keys(operations).find((name) => Object.hasOwn(known?.operations ?? {}, name));
    if (twice !== undefined) throw new Error(`two services have the operation ${signingName} ${twice}`);
    all.set(signingName, {
      signingName,
      operations: { ...known?.operations, ...operations },
      honoured: { ...known?.honoured, ...honoured },
    });
  }
  return all;
}
