import { type Resource } from '../cloudformation.ts';

/** Returns a role that a service assumes, with managed policies of AWS. */
export function role(service: string, policies: readonly string[] = []): Resource {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
      ...(policies.length > 0 && {
        ManagedPolicyArns: policies.map((name) => `arn:aws:iam::aws:policy/${name}`),
      }),
    },
  };
}
