import { ListAliasesCommand, type LambdaClient, type ListAliasesResponse } from '@aws-sdk/client-lambda';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Alias } from './lambda.ts';
import { toAlias } from './from-aws.ts';

export interface NamedAlias extends Alias {
  readonly name: string;
}

/** The aliases of a function, and how many calls it took to list them. */
export interface Aliases {
  readonly all: readonly NamedAlias[];
  readonly calls: number;
}

/** The most that AWS accepts. It may answer with fewer, and a marker. */
const MAX_ITEMS = 10_000;

/**
 * Lists the aliases of a function. None: there is no such function.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html
 */
export async function listAliases(
  client: Pick<LambdaClient, 'send'>,
  FunctionName: string,
): Promise<Aliases> {
  const all: NamedAlias[] = [];
  let calls = 0;
  let marker: string | undefined;
  do {
    const input = { FunctionName, MaxItems: MAX_ITEMS, ...(marker !== undefined && { Marker: marker }) };
    const { Aliases = [], NextMarker } = await orNone(client, new ListAliasesCommand(input));
    all.push(...Aliases.map((alias) => ({ ...toAlias(alias), name: alias.Name ?? '' })));
    calls++;
    marker = NextMarker;
  } while (marker !== undefined && marker !== '');
  return { all, calls };
}

async function orNone(
  client: Pick<LambdaClient, 'send'>,
  command: ListAliasesCommand,
): Promise<ListAliasesResponse> {
  try {
    return await client.send(command);
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return {};
    throw error;
  }
}
