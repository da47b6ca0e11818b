import { AwsError, type Access, type AwsService } from '../../world/service.ts';
import type { NeedsOf } from '../../world/needs/needs.ts';
import { refuseUnhonoured } from '../../wire/gate.ts';
import { bySigningName } from '../../wire/services.ts';
import type { Call } from './resource-type.ts';

/** Rejects with IAM's message if the role lacks a permission. */
export type Authorize = (role: string, accesses: readonly Access[]) => Promise<void>;

interface Parts {
  readonly services: readonly AwsService[];
  readonly authorize: Authorize;
  /** The permissions that a call needs besides its own action. */
  readonly needs: NeedsOf;
}

/** Returns the calls of a principal to these services, with its permissions. */
export function callsTo({ services, authorize, needs }: Parts): (role: string) => Call {
  const all = bySigningName(services);
  return (role) => async (service, operation, input) => {
    const found = all.get(service)?.operations[operation];
    if (found === undefined)
      throw new AwsError(
        'UnknownOperationException',
        `the embedded AWS does not model ${service}:${operation}`,
      );
    refuseUnhonoured({ service, operation }, all, input);
    await authorize(role, [...found.authorize(input as never), ...needs(service, operation, input)]);
    return (await found.run(input as never, { role })) as never;
  };
}
