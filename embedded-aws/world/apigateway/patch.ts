import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { badRequest, notModelled } from './errors.ts';
import type { Canary, RestApi, Settings, Variables } from './model.ts';

/*
 * The patch operations of UpdateStage:
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 */

/**
 * Applies patch operations in their order. A refused one refuses the whole list. Unknown: stage-patch-order.
 * @throws AwsError BadRequestException
 */
export function patched(api: RestApi, settings: Settings, operations: readonly PatchOperation[]): Settings {
  return operations.reduce<Settings>((before, operation) => apply(api, before, operation), settings);
}

function apply(api: RestApi, settings: Settings, operation: PatchOperation): Settings {
  const { op = '', path = '' } = operation;
  if (op === 'copy') return copied(settings, operation);
  const [, member = '', ...rest] = path.split('/');
  if (member === 'canarySettings') return { ...settings, canary: changed(api, settings, operation, rest) };
  if (member === 'variables' && rest.length === 1)
    return { ...settings, variables: withVariable(settings.variables, operation, rest[0] ?? '') };
  if (op !== 'replace') throw badRequest(`Invalid ${op} operation with path: ${path}`);
  const value = valueOf(operation);
  if (path === '/deploymentId') return { ...settings, deploymentId: existing(api, value) };
  if (path === '/description') return { ...settings, description: value };
  throw notModelled(`the patch path ${path}`);
}

/**
 * Changes the canary. Replacing any part of it creates one, on the stage's own deployment and without traffic. `add` is
 * refused, and so is a removal of all overrides. A public recording of AWS's answers shows all of this:
 * https://github.com/localstack/localstack (tests/aws/services/apigateway/test_apigateway_canary.py)
 */
function changed(
  api: RestApi,
  { canary, deploymentId }: Settings,
  operation: PatchOperation,
  [part, name, ...more]: readonly string[],
): Canary | null {
  const { op = '', path = '' } = operation;
  if (op === 'remove' && part === undefined) return removed(canary);
  const refusal = badRequest(`Invalid ${op} operation with path: ${path}`);
  const before: Canary = canary ?? { deploymentId, percent: 0, overrides: {}, useStageCache: false };
  if (part === 'stageVariableOverrides' && name !== undefined && more.length === 0 && op !== 'add')
    return { ...before, overrides: withVariable(before.overrides, operation, name) };
  if (op !== 'replace' || name !== undefined) throw refusal;
  const value = valueOf(operation);
  if (part === 'deploymentId') return { ...before, deploymentId: existing(api, value) };
  if (part === 'percentTraffic') return { ...before, percent: percentIn(value) };
  if (part === 'useStageCache') return { ...before, useStageCache: value === 'true' };
  throw refusal;
}

/** Assumed: a canary that is not there cannot be removed. */
function removed(canary: Canary | null): null {
  if (canary === null) throw badRequest('Cannot remove canary settings: the stage has none');
  return null;
}

/**
 * Promotes a part of the canary. It stays on the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html
 */
function copied(settings: Settings, { path = '', from = '' }: PatchOperation): Settings {
  const { canary, variables } = settings;
  const what = `${from} ${path}`;
  const isVariables = what === '/canarySettings/stageVariableOverrides /variables';
  if (!isVariables && what !== '/canarySettings/deploymentId /deploymentId')
    throw badRequest(`Invalid copy operation with path: ${path} and from ${from}`);
  if (canary === null) throw badRequest('Promotion not available. Canary does not exist.');
  return isVariables
    ? { ...settings, variables: { ...variables, ...canary.overrides } }
    : { ...settings, deploymentId: canary.deploymentId };
}

/** Assumed: a variable that is not there cannot be removed. */
function withVariable(variables: Variables, operation: PatchOperation, name: string): Variables {
  const { op, path = '' } = operation;
  if (op === 'remove' && name in variables)
    return Object.fromEntries(Object.entries(variables).filter(([each]) => each !== name));
  if (op === 'replace' || op === 'add') return checked({ ...variables, [name]: valueOf(operation) });
  throw badRequest(`Invalid ${op ?? ''} operation with path: ${path}`);
}

/**
 * Returns variables that AWS accepts. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
 * @throws AwsError BadRequestException
 */
export function checked(variables: Variables): Variables {
  for (const [name, value] of Object.entries(variables))
    if (!/^\w+$/.test(name) || !/^[\w\-.~:/?#&=,]+$/.test(value))
      throw badRequest(`Stage variable ${name} is invalid`);
  return { ...variables };
}

/** @throws AwsError BadRequestException */
export function percentIn(value: string | number): number {
  const percent = Number(value);
  if (percent >= 0 && percent <= 100) return percent;
  throw badRequest(`Invalid percentage: ${value}`);
}

/** Assumed: an unknown deployment is refused. @throws AwsError BadRequestException */
export function existing(api: RestApi, deploymentId: string): string {
  if (api.deployments.has(deploymentId)) return deploymentId;
  throw badRequest('Deployment id does not exist');
}

function valueOf({ op, path = '', value }: PatchOperation): string {
  if (value === undefined || value === '')
    throw badRequest(`Invalid ${op ?? ''} operation with path: ${path}`);
  return value;
}
