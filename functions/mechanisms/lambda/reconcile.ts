import { LambdaClient } from '@aws-sdk/client-lambda';
import { asOnePage } from '../../../src/targets/as-one-page.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Deployed, Reconciler } from '../../../src/targets/kind.ts';
import { createAliasesOf } from './aliases.ts';
import { second } from './configuration.ts';
import { isStill } from './deployment-id.ts';
import type { Lambda } from './lambda.ts';
import { revisionOf } from './revision.ts';
import { createLambda } from './sdk.ts';
import { recentDeployments } from './recent-deployments.ts';
import { aliasOf } from '../../../src/targets/kinds/lambda/target.ts';

/** Creates what the sweep uses to reconcile aliases. */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const client = connect(LambdaClient);
  const lambda = createLambda(client);
  const aliasesOf = createAliasesOf(client);
  return asOnePage('lambda', {
    deployed: (observed) => deployed(lambda, observed),
    recentDeployments: async ({ optedIn }) => recentDeployments(aliasesOf, await optedIn('here'), now()),
  });
}

/** Reads one alias. A running canary proves nothing, so the sweep polls it until it has ended. */
export async function deployed(
  lambda: Pick<Lambda, 'alias' | 'version' | 'tags'>,
  { target, deployment }: ObservedRevision,
): Promise<Deployed | null> {
  const name = aliasOf(target);
  const alias = await lambda.alias(name);
  if (alias === null) return null;
  const version = await lambda.version(name.functionName, alias.version);
  if (version === null) return null;
  const runs = second(alias) === null ? 'alone' : 'unclear';
  return {
    revision: revisionOf(name.functionName, version),
    runs: isStill(deployment, alias) ? runs : 'gone',
    tags: await lambda.tags(alias.functionArn),
    alarms: [],
  };
}
