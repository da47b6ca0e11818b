import { AwsError, type Access, type AwsService } from '../../world/service.ts';
import { bySigningName } from '../../wire/services.ts';
import type { Call } from './resource-type.ts';

/** Rejects with IAM's message if the role lacks a permission. */
export type Authorize = (role: string, accesses: readonly Access[]) => Promise<void>;

/** Returns the calls of a principal to these services, with its permissions. */
export function callsTo(services: readonly AwsService[], authorize: Authorize): (role: string) => Call {
  const all = bySigningName(services);
  return (role) => async (service, operation, input) => {
    const found = all.get(service)?.operations[operation];
    if (found === undefined)
      throw new AwsError(
        'UnknownOperationException',
        `the embedded AWS does not model ${service}:${operation}`,
      );
    await authorize(role, found.authorize(input as never));
    return (await found.run(input as never, { role })) as never;
  };
}
