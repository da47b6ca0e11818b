import type {
  AliasConfiguration,
  CreateAliasRequest,
  DeleteAliasRequest,
  GetAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../service.ts';
import { onFunction } from '../access.ts';
import { describeAlias } from '../describe.ts';
import { conflict, preconditionFailed } from '../errors.ts';
import type { Alias } from '../model.ts';
import { page } from '../paging.ts';
import { shift } from '../shift.ts';
import type { LambdaState } from '../state.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html */
export function aliasOperations(lambda: LambdaState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ FunctionName = '' }: { readonly FunctionName?: string | undefined }) =>
      onFunction(lambda, action, FunctionName);
  return {
    CreateAlias: {
      authorize: authorize('CreateAlias'),
      run: (input: CreateAliasRequest) => create(lambda, input),
    },
    UpdateAlias: {
      authorize: authorize('UpdateAlias'),
      run: (input: UpdateAliasRequest) => update(lambda, input),
    },
    DeleteAlias: {
      authorize: authorize('DeleteAlias'),
      run: ({ FunctionName = '', Name = '' }: DeleteAliasRequest) => {
        lambda.function(FunctionName).aliases.delete(Name);
        return {};
      },
    },
    GetAlias: {
      authorize: authorize('GetAlias'),
      run: ({ FunctionName = '', Name = '' }: GetAliasRequest): AliasConfiguration => {
        const of = lambda.function(FunctionName);
        return describeAlias(of, lambda.alias(of, Name));
      },
    },
    ListAliases: {
      authorize: authorize('ListAliases'),
      run: (input: ListAliasesRequest): ListAliasesResponse => {
        const of = lambda.function(input.FunctionName ?? '');
        const { items, next } = page([...of.aliases.values()], input);
        return { Aliases: items.map((alias) => describeAlias(of, alias)), ...next };
      },
    },
  };
}

function create(lambda: LambdaState, input: CreateAliasRequest): AliasConfiguration {
  const { FunctionName = '', Name = '', FunctionVersion = '', Description = '', RoutingConfig } = input;
  const of = lambda.function(FunctionName);
  if (of.aliases.has(Name)) throw conflict(`Alias already exists: ${of.name}:${Name}`);
  const alias: Alias = {
    name: Name,
    version: FunctionVersion,
    weights: {},
    description: Description,
    revisionId: '',
    provisioned: null,
  };
  shift(lambda, of, alias, { weights: RoutingConfig?.AdditionalVersionWeights });
  of.aliases.set(Name, alias);
  return describeAlias(of, alias);
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
function update(lambda: LambdaState, input: UpdateAliasRequest): AliasConfiguration {
  const { FunctionName = '', Name = '', FunctionVersion, Description, RoutingConfig, RevisionId } = input;
  const of = lambda.function(FunctionName);
  const alias = lambda.alias(of, Name);
  if (RevisionId !== undefined && RevisionId !== alias.revisionId) throw preconditionFailed();
  // A routing configuration without a map clears the weights like an empty map: `--routing-config '{}'`.
  const weights = RoutingConfig === undefined ? undefined : (RoutingConfig.AdditionalVersionWeights ?? {});
  shift(lambda, of, alias, { version: FunctionVersion, weights });
  if (Description !== undefined) alias.description = Description;
  return describeAlias(of, alias);
}
