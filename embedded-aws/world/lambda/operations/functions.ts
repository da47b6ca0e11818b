import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  Environment,
  FunctionConfiguration,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  LoggingConfig,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { askedInVariables } from '../../asked.ts';
import type { Operation } from '../../service.ts';
import { onFunction } from '../access.ts';
import { describeDeployed } from '../deployed.ts';
import { describeVersion } from '../describe.ts';
import { conflict, invalid, notFound, notModelled } from '../errors.ts';
import { passing } from '../../needs/passed-roles.ts';
import { LATEST, type Settings, type UserFunction } from '../model.ts';
import { page } from '../paging.ts';
import { functionName, type LambdaState } from '../state.ts';

const SETTINGS = new Set(['Handler', 'MemorySize', 'Role', 'Timeout', 'VpcConfig']);

/** The behaviour of new code. */
const SOUND = { errorRate: 0, latency: 0.05 };

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export function functionOperations(lambda: LambdaState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ FunctionName = '' }: { readonly FunctionName?: string | undefined }) =>
      onFunction(lambda, action, FunctionName);
  return {
    CreateFunction: {
      authorize: authorize('CreateFunction'),
      run: (input: CreateFunctionRequest) => create(lambda, input),
    },
    GetFunction: {
      authorize: authorize('GetFunction'),
      run: ({ FunctionName = '', Qualifier }: GetFunctionRequest): GetFunctionResponse => {
        const deployed = deployedAs(lambda, FunctionName, Qualifier);
        if (deployed !== null) return { Configuration: deployed };
        const of = lambda.function(FunctionName);
        return {
          Configuration: describeVersion(of, lambda.qualified(of, Qualifier)),
          Tags: { ...of.tags },
        };
      },
    },
    GetFunctionConfiguration: {
      authorize: authorize('GetFunctionConfiguration'),
      run: ({ FunctionName = '', Qualifier }: GetFunctionConfigurationRequest): FunctionConfiguration => {
        const deployed = deployedAs(lambda, FunctionName, Qualifier);
        if (deployed !== null) return deployed;
        const of = lambda.function(FunctionName);
        return describeVersion(of, lambda.qualified(of, Qualifier));
      },
    },
    ListFunctions: {
      authorize: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
      run: (input: ListFunctionsRequest): ListFunctionsResponse => list(lambda, input),
    },
    UpdateFunctionConfiguration: {
      // A changed role is passed to Lambda (Service Authorization Reference, AWS Lambda).
      authorize: (input: UpdateFunctionConfigurationRequest) => [
        ...authorize('UpdateFunctionConfiguration')(input),
        ...(input.Role === undefined ? [] : [passing(input.Role, 'lambda.amazonaws.com')]),
      ],
      run: (input: UpdateFunctionConfigurationRequest) => configure(lambda, input),
    },
    DeleteFunction: {
      authorize: authorize('DeleteFunction'),
      run: (input: DeleteFunctionRequest) => remove(lambda, input),
    },
  };
}

/** Lists `$LATEST` of every function. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
function list(lambda: LambdaState, { FunctionVersion, MasterRegion, ...paging }: ListFunctionsRequest) {
  if (FunctionVersion !== undefined || MasterRegion !== undefined)
    throw notModelled('ListFunctions with FunctionVersion or MasterRegion');
  const all = [
    ...[...lambda.deployed.values()].map(describeDeployed),
    ...[...lambda.functions.values()].map((of) => describeVersion(of, lambda.version(of, LATEST))),
  ];
  const { items, next } = page(all, paging);
  return { Functions: items, ...next };
}

/** @throws AwsError ResourceNotFoundException for a version or an alias: the runtime's functions have none */
function deployedAs(
  lambda: LambdaState,
  nameOrArn: string,
  qualifier: string = LATEST,
): FunctionConfiguration | null {
  const deployed = lambda.deployed.get(functionName(nameOrArn));
  if (deployed === undefined) return null;
  if (qualifier !== LATEST) throw notFound(`Function: ${deployed.FunctionArn}:${qualifier}`);
  return describeDeployed(deployed);
}

function create(
  lambda: LambdaState,
  {
    FunctionName: name = '',
    Tags = {},
    Environment,
    LoggingConfig,
    MemorySize,
    Timeout,
  }: CreateFunctionRequest,
): FunctionConfiguration {
  const variables = variablesOf(Environment);
  if (lambda.functions.has(name) || lambda.deployed.has(name))
    throw conflict(`Function already exist: ${name}`);
  const latest = {
    name: LATEST,
    code: SOUND,
    variables,
    logGroup: logGroupIn(LoggingConfig),
    settings: { ...(MemorySize !== undefined && { MemorySize }), ...(Timeout !== undefined && { Timeout }) },
    codeSha256: lambda.random.hex(64),
    modifiedAt: lambda.clock.now(),
    // AWS answers Pending for some seconds, in which the function is unusable. That is not modelled.
    state: 'Active' as const,
  };
  const created: UserFunction = {
    name,
    tags: { ...Tags },
    versions: new Map([[LATEST, latest]]),
    aliases: new Map(),
    published: 0,
  };
  lambda.functions.set(name, created);
  return describeVersion(created, latest);
}

/**
 * Changes `$LATEST`. A published version keeps its configuration.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html AWS shows InProgress for some
 * seconds, in which no other change is taken. That is not modelled.
 */
function configure(
  lambda: LambdaState,
  { FunctionName = '', Environment, Layers, LoggingConfig, ...others }: UpdateFunctionConfigurationRequest,
): FunctionConfiguration {
  const of = lambda.function(FunctionName);
  const other = Object.keys(others).find((name) => !SETTINGS.has(name));
  if (other !== undefined) throw notModelled(`UpdateFunctionConfiguration with ${other}`);
  const latest = lambda.version(of, LATEST);
  latest.settings = {
    ...latest.settings,
    ...(others as Settings),
    ...(Layers && { Layers: Layers.map((Arn) => ({ Arn })) }),
  };
  if (Environment !== undefined) latest.variables = variablesOf(Environment);
  if (LoggingConfig !== undefined) latest.logGroup = logGroupIn(LoggingConfig);
  latest.modifiedAt = lambda.clock.now();
  return describeVersion(of, latest);
}

/** @throws AwsError for other settings of logging: the embedded AWS writes plain text */
function logGroupIn({ LogGroup, ...others }: LoggingConfig = {}): string | undefined {
  const [other] = Object.keys(others);
  if (other !== undefined) throw notModelled(`LoggingConfig with ${other}`);
  return LogGroup;
}

/** @throws AwsError InvalidParameterValueException for a variable that the embedded AWS cannot read */
function variablesOf({ Variables = {} }: Environment = {}): Readonly<Record<string, string>> {
  askedInVariables(Variables, invalid);
  return { ...Variables };
}

/**
 * Deletes a function or a version. Refuses a version that an alias points to:
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
 */
function remove(lambda: LambdaState, { FunctionName = '', Qualifier }: DeleteFunctionRequest): object {
  const of = lambda.function(FunctionName);
  if (Qualifier === undefined) {
    lambda.functions.delete(of.name);
    return {};
  }
  const version = lambda.version(of, Qualifier);
  const names = [...of.aliases.values()]
    .filter((alias) => alias.version === version.name || version.name in alias.weights)
    .map((alias) => alias.name);
  if (names.length > 0)
    throw conflict(
      `Unable to delete version because the following aliases reference it: [${names.join(', ')}]`,
    );
  of.versions.delete(version.name);
  return {};
}
