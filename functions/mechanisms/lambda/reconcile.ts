import { LambdaClient } from '@aws-sdk/client-lambda';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { aliasOf, functionIn } from '../../../src/targets/kinds/lambda/target.ts';
import { listAliases } from './aliases.ts';
import { deployed, seenOf } from './observed.ts';
import { createLambda } from './sdk.ts';
import { CALLS_PER_PROOF, PAGES, PROOFS } from './shares.ts';
import { unitOf } from './unit.ts';

const PROOFS_PER_MINUTE = PROOFS.callsPerMinute / CALLS_PER_PROOF;

/**
 * Creates what the sweep uses to reconcile aliases. AWS has no list of the aliases of all functions, so each function is
 * a page of its own.
 */
export function createReconciler({ connect }: Surroundings): Reconciler {
  return reconcilerOf(connect(LambdaClient));
}

export function reconcilerOf(client: LambdaClient): Reconciler {
  const lambda = createLambda(client);
  const calls = new Map<string, number>();
  return {
    shares: [PAGES, PROOFS],
    unitsPerPage: 1,
    units: async ({ optedIn }) => {
      const names = (await optedIn('here')).flatMap(({ arn }) => functionIn(arn) ?? []);
      return names.map((name) => unitOf(name, calls.get(name)));
    },
    read: async ([unit]) => {
      const listed = await listAliases(client, unit.name);
      if (listed.calls > 1) calls.set(unit.name, listed.calls);
      return listed.all.flatMap((alias) => seenOf(unit, alias));
    },
    provesPerMinute: PROOFS_PER_MINUTE,
    deployed: async (observed, { optedIn }) => {
      const tags = tagsIn(await optedIn('here'));
      const proofs = createBudget(PROOFS_PER_MINUTE);
      return settledOf(observed, (one) =>
        within(proofs, PROOFS.quota, () => deployed(lambda, one, tags.get(aliasOf(one.target).functionName))),
      );
    },
  };
}

/** Aliases have no tags: the tags of their function opt them in. */
function tagsIn(optedIn: readonly OptedIn[]): ReadonlyMap<string, Tags> {
  return new Map(
    optedIn.flatMap((one) => {
      const name = functionIn(one.arn);
      return name === null ? [] : [[name, one.tags] as const];
    }),
  );
}
