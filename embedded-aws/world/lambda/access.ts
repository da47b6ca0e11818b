import type { Access } from '../service.ts';
import { functionArn } from './model.ts';
import { functionName, type LambdaState } from './state.ts';

/*
 * The IAM checks of each operation, as in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html Tags are the function's:
 * versions and aliases have none of their own (https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html).
 */

/** Checks a function and its tags. A function that does not exist has no tags, so a policy that requires one denies. */
export function onFunction(lambda: LambdaState, action: string, nameOrArn: string): readonly Access[] {
  const name = functionName(nameOrArn);
  const tags = lambda.functions.get(name)?.tags ?? {};
  return [{ action: `lambda:${action}`, resource: functionArn(name), tags }];
}

/** Checks provisioned concurrency on the alias or the version. */
export function onQualified(action: string, nameOrArn: string, qualifier: string): readonly Access[] {
  return [
    { action: `lambda:${action}`, resource: functionArn(functionName(nameOrArn), qualifier), tags: {} },
  ];
}
