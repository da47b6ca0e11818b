import type { CreateRoleResponse } from '@aws-sdk/client-iam';
import { nameIn, type Properties, type ResourceType } from '../resource-type.ts';

export const role: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { AssumeRolePolicyDocument, Path, Tags, Policies } = making.properties;
    if (Policies !== undefined) throw new Error('inline policies are not modelled here');
    const RoleName = nameIn(making, 'RoleName');
    const answer = await making.call<CreateRoleResponse>('iam', 'CreateRole', {
      ...{ RoleName, Path, Tags },
      AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
    });
    for (const PolicyArn of policiesIn(making.properties))
      await making.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    return { ref: RoleName, attributes: { Arn: answer.Role?.Arn, RoleId: answer.Role?.RoleId } };
  },
  delete: async ({ call, ref, properties }) => {
    for (const PolicyArn of policiesIn(properties))
      await call('iam', 'DetachRolePolicy', { RoleName: ref, PolicyArn });
    await call('iam', 'DeleteRole', { RoleName: ref });
  },
};

function policiesIn({ ManagedPolicyArns = [] }: Properties): readonly string[] {
  return ManagedPolicyArns as readonly string[];
}
