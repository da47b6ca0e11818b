import type {
  AttachRolePolicyRequest,
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  DetachRolePolicyRequest,
  GetRoleRequest,
  GetRoleResponse,
  Role,
} from '@aws-sdk/client-iam';
import { ACCOUNT, type Surroundings } from './aws.ts';
import { AwsError, honouring, type AwsService } from './service.ts';

/** Lists the input members that each operation honours. */
const HONOURED = honouring({
  AttachRolePolicy: 'RoleName PolicyArn',
  CreateRole: 'RoleName Path AssumeRolePolicyDocument Tags',
  DeleteRole: 'RoleName',
  DetachRolePolicy: 'RoleName PolicyArn',
  GetRole: 'RoleName',
});

interface Stored extends Omit<Role, 'AssumeRolePolicyDocument'> {
  readonly RoleName: string;
  readonly trust: string;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

/**
 * Simulates AWS IAM: roles that a client creates, with managed policies. Nothing here runs as such a role, so their
 * policies decide nothing. The roles of the packaged template are not among them.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export function createIam({ clock, random }: Pick<Surroundings, 'clock' | 'random'>): AwsService {
  const roles = new Map<string, Stored>();
  const get = ({ RoleName = '' }: { readonly RoleName: string | undefined }): Stored => {
    const found = roles.get(RoleName);
    if (found !== undefined) return found;
    throw new AwsError('NoSuchEntity', `The role with name ${RoleName} cannot be found.`, 404);
  };
  return {
    signingName: 'iam',
    honoured: HONOURED,
    operations: {
      CreateRole: {
        authorize: on('CreateRole'),
        run: (input: CreateRoleRequest): CreateRoleResponse => {
          const role = newRole({ clock, random }, input);
          if (roles.has(role.RoleName))
            throw new AwsError('EntityAlreadyExists', `Role with name ${role.RoleName} already exists.`, 409);
          roles.set(role.RoleName, role);
          return { Role: toRole(role) };
        },
      },
      GetRole: {
        authorize: on('GetRole'),
        run: (input: GetRoleRequest): GetRoleResponse => ({ Role: toRole(get(input)) }),
      },
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
      DeleteRole: {
        authorize: on('DeleteRole'),
        run: (input: DeleteRoleRequest) => {
          const { attached, RoleName } = get(input);
          if (attached.size > 0)
            throw new AwsError(
              'DeleteConflict',
              'Cannot delete entity, must detach all policies first.',
              409,
            );
          roles.delete(RoleName);
          return {};
        },
      },
    },
  };
}

const on =
  (action: string) =>
  ({ RoleName = '' }: { readonly RoleName: string | undefined }) => [
    { action: `iam:${action}`, resource: `arn:aws:iam::${ACCOUNT}:role/${RoleName}` },
  ];

function newRole(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { RoleName = '', AssumeRolePolicyDocument: trust = '', Path = '/', Tags = [] }: CreateRoleRequest,
): Stored {
  return {
    ...{ RoleName, Path, trust, attached: new Set<string>() },
    RoleId: `AROA${random(`iam/role/${RoleName}`).hex(17).toUpperCase()}`,
    Arn: `arn:aws:iam::${ACCOUNT}:role${Path}${RoleName}`,
    CreateDate: new Date(clock.now()),
    Tags,
  };
}

/** The trust policy is in URL encoding (RFC 3986), as the API reference says. */
function toRole({ RoleName, Path, RoleId, Arn, CreateDate, Tags, trust }: Stored): Role {
  return {
    ...{ RoleName, Path, RoleId, Arn, CreateDate, Tags },
    AssumeRolePolicyDocument: encodeURIComponent(trust),
  };
}
