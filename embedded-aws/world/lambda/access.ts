import type { Access } from '../service.ts';
import { functionArn } from './model.ts';
import { functionName, type LambdaState } from './state.ts';

/*
 * Which questions an operation asks of IAM, as in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * Tags are those of the function: neither a version nor an alias has any of its own
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html).
 */

/** A function that does not exist has no tags, so that a policy which asks for one denies. */
export function onFunction(lambda: LambdaState, action: string, nameOrArn: string): readonly Access[] {
  const name = functionName(nameOrArn);
  const tags = lambda.functions.get(name)?.tags ?? {};
  return [{ action: `lambda:${action}`, resource: functionArn(name), tags }];
}

/** Provisioned concurrency is asked about on the alias or the version. */
export function onQualified(action: string, nameOrArn: string, qualifier: string): readonly Access[] {
  return [
    { action: `lambda:${action}`, resource: functionArn(functionName(nameOrArn), qualifier), tags: {} },
  ];
}
