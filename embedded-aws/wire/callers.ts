import { ACCOUNT } from '../world/aws.ts';
import { SECRET_MARK } from '../world/secret-mark.ts';
import { Random } from '../world/random.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The role with every permission that no resource policy denies: the person at the keyboard. */
export const OPERATOR = 'operator';

/** The unverified claims of a request's Authorization header. */
export interface Claimed {
  readonly accessKeyId: string;
  /** The service in the credential scope: `ecs`. */
  readonly service: string;
  readonly region: string;
}

/**
 * Reads the credential scope of a Signature Version 4 header. It does not verify the signature: the wire is a model on
 * 127.0.0.1, and the holder of an access key is its owner.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function readAuthorization(header: string | undefined): Claimed | null {
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]*)\/([^/,\s]+)\/aws4_request/.exec(header ?? '');
  const [, accessKeyId, region = '', service] = scope ?? [];
  return accessKeyId === undefined || service === undefined ? null : { accessKeyId, region, service };
}

/** Access keys by role. A role's keys are the same in every run. */
export class Callers {
  readonly #roles = new Map<string, string>();

  /** Returns keys in AWS's form: `ASIA` begins a role's, `AKIA` a user's. */
  credentials(role: string): Credentials {
    const random = new Random(0, `credentials of ${role}`);
    const letters = (length: number, alphabet: string): string =>
      Array.from({ length }, () => alphabet.charAt(Math.floor(random.next() * alphabet.length))).join('');
    const accessKeyId =
      (role === OPERATOR ? 'AKIA' : 'ASIA') + letters(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
    this.#roles.set(accessKeyId, role);
    return {
      accessKeyId,
      secretAccessKey:
        SECRET_MARK +
        letters(40 - SECRET_MARK.length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
    };
  }

  roleOf(accessKeyId: string): string | null {
    return this.#roles.get(accessKeyId) ?? null;
  }
}

/** Returns the caller as a policy's principal: the role, whatever its session. */
export function principalArn(role: string): string {
  return `arn:aws:iam::${ACCOUNT}:${role === OPERATOR ? 'user' : 'role'}/${role}`;
}

/** Returns the caller's ARN as AWS's messages name it. Lambda names a role's session after the function. */
export function callerArn(role: string): string {
  return role === OPERATOR ? principalArn(role) : `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${role}`;
}
