import { invalid, notModelled } from './errors.ts';
import { LATEST, type Alias, type Provisioned, type UserFunction } from './model.ts';
import type { LambdaState } from './state.ts';

/**
 * Milliseconds from a change of the version until its provisioned concurrency is ready. AWS says that it takes a minute
 * or two (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html); the middle is assumed.
 */
const ALLOCATING_MS = 90_000;

type Before = Pick<Alias, 'version' | 'weights' | 'provisioned'>;

/** The target of an alias. Omitted parts stay as they are. */
export interface Shift {
  readonly version?: string | undefined;
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

/**
 * Points an alias at a version and divides its invocations. An empty map of weights clears them. Terraform's provider
 * sends one whenever a configuration has none, and the alias is then answered without a routing configuration
 * (https://github.com/ministackorg/ministack/issues/440).
 */
export function shift(lambda: LambdaState, of: UserFunction, alias: Alias, to: Shift): void {
  const { version = alias.version } = to;
  const { weights = version === alias.version ? alias.weights : kept(alias) } = to;
  check(lambda, of, version, weights);
  const before = { ...alias };
  alias.version = version;
  alias.weights = weights;
  alias.revisionId = lambda.random.uuid();
  if (version !== before.version) allocate(lambda, alias, before);
}

/** Returns the weights to keep. A weight that Lambda set itself ends with a change of the version. */
function kept({ provisioned, weights }: Alias): Alias['weights'] {
  return provisioned === null ? weights : {};
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html: two published versions at most. */
function check(
  lambda: LambdaState,
  of: UserFunction,
  version: string,
  weights: Readonly<Record<string, number>>,
): void {
  const others = Object.entries(weights);
  lambda.version(of, version);
  for (const [other, weight] of others) {
    lambda.version(of, other);
    if (!(weight >= 0 && weight <= 1)) throw invalid('Weights must be between 0.0 and 1.0.');
  }
  if (others.length > 1)
    throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  if (others.length > 0 && [version, others[0]?.[0]].includes(LATEST))
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  if (others[0]?.[0] === version) throw invalid('Invalid additional version: it is the version of the alias');
}

/**
 * Allocates provisioned concurrency. The old version keeps all invocations, by a weight that Lambda itself sets, until
 * the new one is ready: https://github.com/hashicorp/terraform-provider-aws/pull/48116 Not documented: another change
 * of the alias in that time. Here the old version keeps serving.
 */
function allocate(lambda: LambdaState, alias: Alias, before: Before): void {
  if (alias.provisioned === null) return;
  if (Object.keys(alias.weights).length > 0) throw notModelled('weights beside provisioned concurrency');
  const serving = servingOf(before);
  const isThere = serving === alias.version;
  const allocation: Provisioned = { ...alias.provisioned, status: isThere ? 'READY' : 'IN_PROGRESS' };
  alias.provisioned = allocation;
  if (isThere) return;
  alias.weights = { [serving]: 1 };
  lambda.clock.after(ALLOCATING_MS, () => {
    if (alias.provisioned !== allocation) return;
    allocation.status = 'READY';
    alias.weights = {};
    alias.revisionId = lambda.random.uuid();
  });
}

function servingOf({ version, weights }: Before): string {
  return Object.entries(weights).find(([, weight]) => weight === 1)?.[0] ?? version;
}
