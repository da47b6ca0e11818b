import type {
  AttachRolePolicyRequest,
  DeleteRolePolicyRequest,
  DetachRolePolicyRequest,
  PutRolePolicyRequest,
} from '@aws-sdk/client-iam';
import { ACCOUNT } from './aws.ts';
import { AwsError, type Operation } from './service.ts';

interface OfRole {
  readonly RoleName: string | undefined;
}

/** The policies of a role. */
export interface Policies {
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
  /** Inline policies by name. */
  readonly inline: Map<string, string>;
}

/** Returns the check of an action on a role. */
export const on =
  (action: string) =>
  ({ RoleName = '' }: OfRole) => [
    { action: `iam:${action}`, resource: `arn:aws:iam::${ACCOUNT}:role/${RoleName}` },
  ];

/**
 * The operations on the managed and inline policies of a role.
 * @param get returns the policies of a role, or throws NoSuchEntity
 */
export function policyOperations(get: (input: OfRole) => Policies): Readonly<Record<string, Operation>> {
  return {
    AttachRolePolicy: {
      authorize: on('AttachRolePolicy'),
      run: (input: AttachRolePolicyRequest) => {
        get(input).attached.add(input.PolicyArn ?? '');
        return {};
      },
    },
    DetachRolePolicy: {
      authorize: on('DetachRolePolicy'),
      run: (input: DetachRolePolicyRequest) => {
        const wasAttached = get(input).attached.delete(input.PolicyArn ?? '');
        if (wasAttached) return {};
        throw new AwsError('NoSuchEntity', `Policy ${input.PolicyArn ?? ''} was not found.`, 404);
      },
    },
    PutRolePolicy: {
      authorize: on('PutRolePolicy'),
      run: (input: PutRolePolicyRequest) => {
        get(input).inline.set(input.PolicyName ?? '', input.PolicyDocument ?? '');
        return {};
      },
    },
    DeleteRolePolicy: {
      authorize: on('DeleteRolePolicy'),
      run: (input: DeleteRolePolicyRequest) => {
        if (get(input).inline.delete(input.PolicyName ?? '')) return {};
        throw new AwsError('NoSuchEntity', `The role policy ${input.PolicyName ?? ''} cannot be found.`, 404);
      },
    },
  };
}
