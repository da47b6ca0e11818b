import type { CreateRoleResponse } from '@aws-sdk/client-iam';
import { nameIn, type Properties, type ResourceType } from '../resource-type.ts';

export const role: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { AssumeRolePolicyDocument, Path, Tags } = making.properties;
    const RoleName = nameIn(making, 'RoleName');
    const answer = await making.call<CreateRoleResponse>('iam', 'CreateRole', {
      ...{ RoleName, Path, Tags },
      AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
    });
    for (const PolicyArn of policiesIn(making.properties))
      await making.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    for (const { PolicyName, PolicyDocument } of inlineIn(making.properties))
      await making.call('iam', 'PutRolePolicy', {
        ...{ RoleName, PolicyName },
        PolicyDocument: JSON.stringify(PolicyDocument),
      });
    return { ref: RoleName, attributes: { Arn: answer.Role?.Arn, RoleId: answer.Role?.RoleId } };
  },
  delete: async ({ call, ref, properties }) => {
    for (const PolicyArn of policiesIn(properties))
      await call('iam', 'DetachRolePolicy', { RoleName: ref, PolicyArn });
    for (const { PolicyName } of inlineIn(properties))
      await call('iam', 'DeleteRolePolicy', { RoleName: ref, PolicyName });
    await call('iam', 'DeleteRole', { RoleName: ref });
  },
};

function policiesIn({ ManagedPolicyArns = [] }: Properties): readonly string[] {
  return ManagedPolicyArns as readonly string[];
}

function inlineIn({ Policies = [] }: Properties): readonly Properties[] {
  return Policies as readonly Properties[];
}
