import type { Clock } from '../world/clock.ts';
import { AwsError, type Access } from '../world/service.ts';
import type { OpenCall } from './calls.ts';
import { readAuthorization, type Callers } from './callers.ts';
import type { Iam } from './iam.ts';

/** A call to an AWS service with an address of its own, because no SDK has its operations. */
export interface CallBeside {
  /** The Authorization header, if present. */
  readonly authorization: string | undefined;
  readonly operation: string;
  readonly access: Access;
}

/**
 * @throws AwsError when the caller lacks the permission
 * @throws Error when the policy or the access is not modelled
 */
export type Admission = (call: CallBeside) => Promise<void>;

interface Parts {
  readonly calls: OpenCall[];
  readonly callers: Callers;
  readonly iam: Iam;
  readonly clock: Clock;
}

/** Checks IAM, and records the call with all the others. */
export function admission({ calls, callers, iam, clock }: Parts): Admission {
  return async ({ authorization, operation, access }) => {
    const claimed = readAuthorization(authorization);
    const role = claimed === null ? null : callers.roleOf(claimed.accessKeyId);
    const call: OpenCall = {
      at: clock.iso(),
      service: claimed?.service ?? '',
      operation,
      role: role ?? '',
      allowed: false,
      asked: [access.action],
      input: undefined,
    };
    calls.push(call);
    if (role === null)
      throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    await iam.authorize(role, [access]);
    call.allowed = true;
  };
}
