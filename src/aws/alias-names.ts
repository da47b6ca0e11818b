import { paginateListAliases, type LambdaClient } from '@aws-sdk/client-lambda';
import { isNamed } from './errors.ts';

/** Lists the names of a function's aliases. */
export type ReadAliasNames = (functionName: string) => Promise<readonly string[]>;

/**
 * Lists the names of a function's aliases. None: there is no such function. Permission needed: lambda:ListAliases.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html
 */
export async function readAliasNames(client: LambdaClient, FunctionName: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName }))
      names.push(...Aliases.flatMap(({ Name }) => Name ?? []));
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
  }
  return names;
}
