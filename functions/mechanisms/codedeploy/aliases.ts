import { GetAliasCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Poll } from '../../../src/rollback/mechanism.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { readVersion, type Shift, versionOf } from './app-spec.ts';
import type { Memo } from './memo.ts';

/** The alias that the deployments of a group shift. */
export type AliasName = Pick<Shift, 'functionName' | 'alias'>;

/** An alias's version, and the shares (0 to 1) of its invocations that other versions get. */
export interface Alias {
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
}

/** Reads an alias from Lambda. Null: there is none. */
export type ReadAlias = (name: AliasName) => Promise<Alias | null>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export function createReadAlias(client: Pick<LambdaClient, 'send'>): ReadAlias {
  return async ({ functionName, alias }) => {
    const command = new GetAliasCommand({ FunctionName: functionName, Name: alias });
    try {
      const { FunctionVersion: version = '', RoutingConfig } = await client.send(command);
      return { version, weights: RoutingConfig?.AdditionalVersionWeights ?? {} };
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return null;
      throw error;
    }
  };
}

/**
 * Polls whether an alias serves the wanted version alone, once its deployment has succeeded. An alias with provisioned
 * concurrency serves the version before, by a weight that Lambda sets, until the new one has its own. That may be the one
 * from which the deployment at fault shifted. AWS does not document whether CodeDeploy waits for it.
 * Unknown: codedeploy-waits-for-provisioned-concurrency.
 */
export function pollOfAlias(
  alias: Alias | null,
  { functionName, alias: name, shifted }: NonNullable<Memo['alias']>,
  { from, to }: { readonly from: Revision; readonly to: Revision },
): Poll {
  if (alias === null) return { state: 'failed', reason: `there is no alias ${name} any more` };
  const weighed = Object.keys(alias.weights).filter((one) => alias.weights[one] !== 0);
  const others = [alias.version, ...weighed].filter((one) => one !== readVersion(to.id, functionName));
  const before = [...shifted, readVersion(from.id, functionName)];
  const called = (version: string) => versionOf(functionName, version).name;
  const foreign = others.find((version) => !before.includes(version));
  if (foreign !== undefined) {
    const by = called(foreign);
    return { state: 'overtaken', by, reason: `the alias ${name} was changed to ${by}, not by CodeDeploy` };
  }
  const [other] = others;
  return other === undefined
    ? { state: 'settled', summary: `the alias ${name} points at ${to.name} and at nothing else` }
    : { state: 'pending', summary: `Lambda still serves ${called(other)} under the alias ${name}` };
}
