import { type Resource } from '../cloudformation.ts';

/**
 * Returns a role that a service assumes.
 * @param policies names of AWS's managed policies
 * @param statements of the role's own policy
 */
export function role(
  service: string,
  policies: readonly string[] = [],
  statements: readonly object[] = [],
): Resource {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const own = { PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
      ...(policies.length > 0 && {
        ManagedPolicyArns: policies.map((name) => `arn:aws:iam::aws:policy/${name}`),
      }),
      ...(statements.length > 0 && { Policies: [own] }),
    },
  };
}
