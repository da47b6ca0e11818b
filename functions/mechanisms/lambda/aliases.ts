import { paginateListAliases, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Alias } from './lambda.ts';
import { toAlias } from './from-aws.ts';

export interface NamedAlias extends Alias {
  readonly name: string;
}

/** Lists the aliases of a function. */
export type AliasesOf = (functionName: string) => Promise<readonly NamedAlias[]>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export function createAliasesOf(client: LambdaClient): AliasesOf {
  return async (functionName) => {
    const found: NamedAlias[] = [];
    for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName: functionName }))
      found.push(...Aliases.map((alias) => ({ ...toAlias(alias), name: alias.Name ?? '' })));
    return found;
  };
}
