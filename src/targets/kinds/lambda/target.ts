import type { Kind, Parts } from '../../kind.ts';

/** An alias as a target names it: `checkout/live`. */
export interface AliasName {
  readonly functionName: string;
  readonly alias: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const FUNCTION = /^[A-Za-z0-9_-]{1,64}$/;

/** A name of digits only is a version. https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
const ALIAS = /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/;

/**
 * Returns the name in a target string: `checkout/live` of `lambda:checkout/live`. It was checked when the target was
 * read.
 */
export function aliasOf(target: string): AliasName {
  const [functionName = '', alias = ''] = target.slice(target.indexOf(':') + 1).split('/');
  return { functionName, alias };
}

export function targetOf({ functionName, alias }: AliasName): string {
  return `lambda:${functionName}/${alias}`;
}

/** Returns the name of the function that an ARN names, without a version or an alias. Null: it names none. */
export function functionIn(arn: string): string | null {
  return /^arn:[^:]+:lambda:[^:]*:\d+:function:([^:]+)$/.exec(arn)?.[1] ?? null;
}

function problemOf(name: string): string | null {
  const parts = name.split('/');
  if (parts.length !== 2) return `${JSON.stringify(name)} must be a function and an alias: checkout/live`;
  const [functionName = '', alias = ''] = parts;
  if (!FUNCTION.test(functionName))
    return `${JSON.stringify(functionName)} is not the name of a Lambda function`;
  if (!ALIAS.test(alias)) return `${JSON.stringify(alias)} is not the name of an alias`;
  return null;
}

/**
 * Returns the alias. Metrics of AWS/Lambda about an alias have the resource `checkout:live`; those of the whole
 * function or of one version name no alias.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
function fromDimensions({ FunctionName, Resource }: Readonly<Record<string, string>>): string | null {
  if (FunctionName === undefined || Resource?.startsWith(`${FunctionName}:`) !== true) return null;
  const name = `${FunctionName}/${Resource.slice(FunctionName.length + 1)}`;
  return problemOf(name) === null ? name : null;
}

/**
 * Returns the function that a metric of a whole function is about. Those of one version have another resource.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
function watchedIn({ FunctionName = '', Resource = FunctionName }: Readonly<Record<string, string>>) {
  return FUNCTION.test(FunctionName) && Resource === FunctionName ? wholeOf(FunctionName) : null;
}

function wholeOf(functionName: string) {
  return { service: 'lambda', resource: `function:${functionName}` };
}

/** Aliases are parts of their function. */
const parts: Parts = {
  wholeOf: (name) => wholeOf(name.split('/')[0] ?? ''),
  dimensionOf: (name) => `Resource = ${name.replace('/', ':')}`,
};

/**
 * `lambda:function/alias`. Lambda sends no event when an alias changes (only a CloudTrail trail would), so the sweep
 * reads the aliases every minute. Aliases have no tags; their functions do.
 */
export const kind: Kind = {
  name: 'lambda',
  problemOf,
  fromDimensions,
  watchedIn,
  parts,
  fromArn: () => null,
  fromDeploymentEvent: () => null,
  reads: {
    plan: [{ quota: 'lambda control plane', calls: 3 }],
    revert: [{ quota: 'lambda control plane', calls: 1 }],
    readiness: [{ quota: 'lambda control plane', calls: 5 }],
  },
};
