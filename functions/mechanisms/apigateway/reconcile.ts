import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { kind, stageOf, targetOf } from '../../../src/targets/kinds/apigateway/target.ts';
import type { Gateway } from './gateway.ts';
import { deployed, seenOf } from './observed.ts';
import { createGateway } from './sdk.ts';
import { PAGES, PROOFS } from './shares.ts';
import { unitOf } from './unit.ts';

/** Creates what the sweep uses to reconcile stages. One call reads all stages of an API. */
export function createReconciler({ connect }: Surroundings): Reconciler {
  return reconcilerOf(createGateway(connect(APIGatewayClient)));
}

export function reconcilerOf(gateway: Pick<Gateway, 'stage' | 'stages'>): Reconciler {
  return {
    shares: [PAGES, PROOFS],
    unitsPerPage: 1,
    units: async ({ optedIn }) => {
      const apis = [...tagsIn(await optedIn('here')).keys()].map((target) => stageOf(target).api);
      return [...new Set(apis)].map(unitOf);
    },
    read: async ([unit], { optedIn }) => {
      const tags = tagsIn(await optedIn('here'));
      const stages = (await gateway.stages(unit.name)) ?? [];
      return stages
        .filter(({ name }) => tags.has(targetOf({ api: unit.name, stage: name })))
        .map((stage) => seenOf(unit, stage));
    },
    provesPerMinute: PROOFS.callsPerMinute,
    deployed: async (observed, { optedIn }) => {
      const tags = tagsIn(await optedIn('here'));
      const proofs = createBudget(PROOFS.callsPerMinute);
      return settledOf(observed, (one) =>
        within(proofs, PROOFS.quota, () => deployed(gateway, one, tags.get(one.target))),
      );
    },
  };
}

/** Returns the tags of the opted-in stages of REST APIs, by target. Those of HTTP APIs are no targets to look at. */
function tagsIn(optedIn: readonly OptedIn[]): ReadonlyMap<string, Tags> {
  const found = optedIn.flatMap(({ arn, tags }) => {
    const name = arn.includes('::/restapis/') ? kind.fromArn(arn) : null;
    return name === null ? [] : [[`${kind.name}:${name}`, tags] as const];
  });
  return new Map(found);
}
