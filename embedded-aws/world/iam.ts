import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  Role,
} from '@aws-sdk/client-iam';
import { ACCOUNT, type Surroundings } from './aws.ts';
import { on, policyOperations, type Policies } from './iam-policies.ts';
import { AwsError, honouring, type AwsService } from './service.ts';

/** Lists the input members that each operation honours. */
const HONOURED = honouring({
  AttachRolePolicy: 'RoleName PolicyArn',
  CreateRole: 'RoleName Path AssumeRolePolicyDocument Tags',
  DeleteRole: 'RoleName',
  DeleteRolePolicy: 'RoleName PolicyName',
  DetachRolePolicy: 'RoleName PolicyArn',
  GetRole: 'RoleName',
  PutRolePolicy: 'RoleName PolicyName PolicyDocument',
});

interface Stored extends Omit<Role, 'AssumeRolePolicyDocument'>, Policies {
  readonly RoleName: string;
  readonly trust: string;
}

/**
 * Simulates AWS IAM: roles that a client creates, with managed and inline policies. Nothing here runs as such a role, so their
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
      ...policyOperations(get),
      DeleteRole: {
        authorize: on('DeleteRole'),
        run: (input: DeleteRoleRequest) => {
          const { attached, inline, RoleName } = get(input);
          if (inline.size > 0)
            throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
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

function newRole(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { RoleName = '', AssumeRolePolicyDocument: trust = '', Path = '/', Tags = [] }: CreateRoleRequest,
): Stored {
  return {
    ...{ RoleName, Path, trust, attached: new Set<string>(), inline: new Map<string, string>() },
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
