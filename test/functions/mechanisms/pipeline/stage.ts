import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import { declaring, PipelineWorld } from '@lastgood/embedded-aws/test/world/pipeline-world.ts';
import { createMechanism } from '../../../../functions/mechanisms/pipeline/mechanism.ts';
import type { Memo } from '../../../../functions/mechanisms/pipeline/memo.ts';
import { createCodePipeline } from '../../../../functions/mechanisms/pipeline/sdk.ts';
import type { CodePipeline } from '../../../../functions/mechanisms/pipeline/codepipeline.ts';
import type { Sided } from '../../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import { wanted } from '../../../contract/walk.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { pipelineClient } from '../../../fakes/pipeline-client.ts';

export const TARGET = 'pipeline:checkout/Prod';

const WRITES = ['RollbackStage', 'DisableStageTransition', 'EnableStageTransition', 'StopPipelineExecution'];

/** The mechanism between CodePipeline and a ledger that a test can fill. Execution `good` is proven. */
export interface Stage {
  readonly world: PipelineWorld;
  readonly ledger: FakeEntries;
  readonly codepipeline: CodePipeline;
  readonly mechanism: Mechanism<Memo> & Sided;
  readonly good: string;
  /** The writes that AWS accepted. */
  readonly writes: () => readonly string[];
  readonly plan: (request?: Partial<Request>) => Promise<Plan<Memo>>;
}

export async function stage(declaration: PipelineDeclaration = declaring()): Promise<Stage> {
  const world = new PipelineWorld(declaration);
  const ledger = new FakeEntries(TARGET);
  const accepted: string[] = [];
  const codepipeline = createCodePipeline(pipelineClient(world.codepipeline, accepted));
  const now = () => world.surroundings.clock.iso();
  const mechanism = createMechanism({ codepipeline, ledger, now });
  const good = await world.release('c1');
  ledger.prove(good, now());
  return {
    ...{ world, ledger, codepipeline, mechanism, good },
    writes: () => accepted.filter((operation) => WRITES.includes(operation)),
    plan: (request) => mechanism.plan(wanted(TARGET, request)),
  };
}
