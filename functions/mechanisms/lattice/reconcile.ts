import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import { createLaunchedReader, type LaunchedReader } from '../../../src/aws/launched.ts';
import { oncePer } from '../../../src/aws/once-per.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Reconciler, SweepContext } from '../../../src/targets/kind.ts';
import { forwarderOf, kind } from '../../../src/targets/kinds/lattice/target.ts';
import type { Lattice } from './lattice.ts';
import { deployedAs, seenOf, type Behind } from './observed.ts';
import { createLattice } from './sdk.ts';
import { NAMES, PAGES, PROOFS } from './shares.ts';
import { unitOf } from './unit.ts';
import { namesIn } from './survey.ts';

/**
 * Creates what the sweep uses to reconcile listeners and rules. AWS has no list of rules with their actions, so each is a
 * page of its own. It lists Auto Scaling groups and the names of target groups once a minute.
 */
export function createReconciler({ connect }: Surroundings): Reconciler {
  return reconcilerOf(
    createLattice(connect(VPCLatticeClient)),
    createLaunchedReader(connect(AutoScalingClient)),
  );
}

export function reconcilerOf(
  lattice: Pick<Lattice, 'forwarder' | 'groups'>,
  launched: Pick<LaunchedReader, 'all'>,
): Reconciler {
  const launchedIn = oncePer(() => launched.all());
  const names = oncePer(async () => namesIn(await lattice.groups()));
  return {
    shares: [PAGES, PROOFS, NAMES],
    unitsPerPage: 1,
    units: async ({ optedIn }) =>
      (await optedIn('here')).flatMap(({ arn }) => {
        const name = kind.fromArn(arn);
        return name === null ? [] : unitOf(name);
      }),
    read: async ([unit], context) => {
      const [behind, forwarder] = await Promise.all([
        behindIn(launchedIn(context)),
        lattice.forwarder(forwarderOf(`lattice:${unit.name}`)),
      ]);
      return forwarder === null ? [] : seenOf(unit, forwarder, behind, () => names(context));
    },
    provesPerMinute: PROOFS.callsPerMinute,
    deployed: async (observed, context) => {
      const tags = await tagsIn(context);
      const proofs = createBudget(PROOFS.callsPerMinute);
      return settledOf(observed, (one) =>
        within(proofs, PROOFS.quota, async () => {
          const forwarder = await lattice.forwarder(forwarderOf(one.target));
          const found = await Promise.all([launchedIn(context), names(context)]);
          return deployedAs(one, forwarder, found[0], tags.get(one.target), found[1]);
        }),
      );
    },
  };
}

async function tagsIn({ optedIn }: SweepContext) {
  return new Map(
    (await optedIn('here')).map(({ arn, tags }) => [`lattice:${kind.fromArn(arn) ?? ''}`, tags]),
  );
}

/** Where Auto Scaling refuses the list, the weights are reconciled without it. Only a proof needs it. */
async function behindIn(all: ReturnType<LaunchedReader['all']>): Promise<Behind> {
  try {
    return { launched: await all };
  } catch (error) {
    return { launched: [], lacks: String(error) };
  }
}
