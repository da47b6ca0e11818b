import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Reconciler, Unit } from '../../../src/targets/kind.ts';
import { kind } from '../../../src/targets/kinds/cloudformation/target.ts';
import { listStacks } from './list-stacks.ts';
import { deployed, seenOf } from './observed.ts';
import { createCloudFormation } from './sdk.ts';
import { CALLS_PER_PROOF, CHANGES, PAGES, PROOFS } from './shares.ts';

const PROOFS_PER_MINUTE = PROOFS.callsPerMinute / CALLS_PER_PROOF;

/** Creates what the sweep uses to reconcile stacks. One list shows all stacks, so they are one unit. */
export function createReconciler({ connect }: Surroundings): Reconciler {
  return reconcilerOf(connect(CloudFormationClient));
}

export function reconcilerOf(client: Pick<CloudFormationClient, 'send'>): Reconciler {
  const cloudformation = createCloudFormation(client);
  let calls = 1;
  return {
    shares: [PAGES, CHANGES, PROOFS],
    unitsPerPage: 1,
    units: async ({ optedIn }): Promise<readonly Unit[]> => {
      const names = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []);
      return names.length === 0 ? [] : [{ batch: 'stacks', name: 'all', calls }];
    },
    read: async ([unit], { optedIn }) => {
      const ids = new Set((await optedIn('here')).map(({ arn }) => arn));
      const listed = await listStacks(client);
      calls = Math.min(listed.calls, PAGES.callsPerMinute);
      const budget = createBudget(CHANGES.callsPerMinute);
      return listed.all
        .filter(({ id, isNested }) => ids.has(id) && !isNested)
        .map((stack) => seenOf(unit, stack, cloudformation, budget));
    },
    provesPerMinute: PROOFS_PER_MINUTE,
    deployed: (observed) => {
      const budget = createBudget(PROOFS.callsPerMinute);
      return settledOf(observed, (one) =>
        within(budget, PROOFS.quota, () => deployed(cloudformation, one), CALLS_PER_PROOF),
      );
    },
  };
}
