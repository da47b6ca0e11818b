import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { createBudget, within } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { stageOf } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline } from './codepipeline.ts';
import { deployed, seenOf } from './observed.ts';
import { createCodePipeline } from './sdk.ts';
import { CALLS_PER_PROOF, PAGES, PROOFS } from './shares.ts';

const PROOFS_PER_MINUTE = PROOFS.callsPerMinute / CALLS_PER_PROOF;

/** Creates what the sweep uses to reconcile stages. A pipeline is a page, whose one call shows all of its stages. */
export function createReconciler({ connect }: Surroundings): Reconciler {
  return reconcilerOf(createCodePipeline(connect(CodePipelineClient)));
}

export function reconcilerOf(codepipeline: Pick<CodePipeline, 'states' | 'executions' | 'runs'>): Reconciler {
  return {
    shares: [PAGES, PROOFS],
    unitsPerPage: 1,
    units: async ({ optedIn }) =>
      [...pipelinesIn(await optedIn('here')).keys()].map((name) => ({ batch: 'pipelines', name })),
    read: async ([unit]) => seenOf(unit, (await codepipeline.states(unit.name)) ?? []),
    provesPerMinute: PROOFS_PER_MINUTE,
    deployed: async (observed, { optedIn }) => {
      const tags = pipelinesIn(await optedIn('here'));
      const proofs = createBudget(PROOFS_PER_MINUTE);
      return settledOf(observed, (one) =>
        within(proofs, PROOFS.quota, () =>
          deployed(codepipeline, one, tags.get(stageOf(one.target).pipeline)),
        ),
      );
    },
  };
}

/** Stages have no tags: those of their pipeline opt them in. */
function pipelinesIn(optedIn: readonly OptedIn[]): ReadonlyMap<string, Tags> {
  return new Map(
    optedIn.flatMap(({ arn, tags }) => {
      const name = /^arn:[^:]+:codepipeline:[^:]*:\d+:([^:/]+)$/.exec(arn)?.[1];
      return name === undefined ? [] : [[name, tags] as const];
    }),
  );
}
