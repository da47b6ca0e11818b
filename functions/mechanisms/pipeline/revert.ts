import { isClientError, isNamed } from '../../../src/aws/errors.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { stageOf, type StageName } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline, StageState } from './codepipeline.ts';
import { reasonToHold } from './hold.ts';
import type { Memo } from './memo.ts';
import { isRunning } from './runs.ts';

type Plan = OnRung<Memo>['plan'];

/**
 * Starts a rollback of the stage. AWS takes no token, so it first looks for the one of an earlier try, and again after a
 * refusal: the SDK may have sent the call twice.
 */
export function revertWith({
  codepipeline,
}: {
  readonly codepipeline: CodePipeline;
}): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const name = stageOf(request.target);
    const state = await stateOf(codepipeline, name);
    if (state === null) return failed('the pipeline is gone, or has no such stage any more');
    if (plan.state === 'join') return join(state, plan);
    const earlier = await earlierTry(codepipeline, name, state, plan);
    if (earlier !== null) return started(codepipeline, name, state, plan, earlier, true);
    const why = whyNot(state, plan);
    if (why !== null) return failed(why);
    return start(codepipeline, name, state, plan);
  };
}

async function stateOf(
  codepipeline: CodePipeline,
  { pipeline, stage }: StageName,
): Promise<StageState | null> {
  return (await codepipeline.states(pipeline))?.find((one) => one.name === stage) ?? null;
}

/** Writes nothing: CodePipeline began the rollback, or a person did. */
function join({ latest }: StageState, { memo }: Plan): RevertResult {
  if (latest?.id === memo.latest) return { state: 'joined', deployment: memo.latest };
  return failed(entered(latest?.id ?? ''));
}

/**
 * Returns the rollback of an earlier try: to the wanted execution, of this stage, and not known to the plan. A rollback
 * of another stage to the same execution is none.
 */
async function earlierTry(
  codepipeline: CodePipeline,
  { pipeline, stage }: StageName,
  { latest }: StageState,
  { to, memo }: Plan,
): Promise<string | null> {
  const executions = (await codepipeline.executions(pipeline)) ?? [];
  const tries = executions.filter(({ id, redeploys }) => redeploys === to.id && !memo.known.includes(id));
  for (const { id } of tries) {
    if (latest?.id === id) return id;
    const runs = await codepipeline.runs(pipeline, id);
    // It has just begun: a second rollback must not be started beside ours.
    if (runs.length === 0) throw new Unavailable(`it is not known yet which stage ${id} rolls back`);
    if (runs.every((run) => run.stage === stage)) return id;
  }
  return null;
}

function whyNot({ latest }: StageState, { memo }: Plan): string | null {
  if (latest?.id !== memo.latest) return entered(latest?.id ?? '');
  return isRunning(latest)
    ? `execution ${latest.id} runs in the stage again, and AWS rolls back no stage that runs`
    : null;
}

function entered(id: string): string {
  return `execution ${id} entered the stage after the plan was made; Lastgood leaves it`;
}

async function start(
  codepipeline: CodePipeline,
  name: StageName,
  state: StageState,
  plan: Plan,
): Promise<RevertResult> {
  try {
    return await started(codepipeline, name, state, plan, await codepipeline.rollBack(name, plan.to.id));
  } catch (error) {
    if (isNamed(error, 'ConflictException'))
      throw new Unavailable(`the pipeline is busy: ${error.message}`, { cause: error });
    if (!isNamed(error, ...REFUSALS)) throw error;
    const now = await stateOf(codepipeline, name);
    const earlier = now === null ? null : await earlierTry(codepipeline, name, now, plan);
    if (now === null || earlier === null) return failed(`${error.name}: ${error.message}`);
    return started(codepipeline, name, now, plan, earlier);
  }
}

/** Of RollbackStage (API reference). They say that nothing was started. */
const REFUSALS = [
  'UnableToRollbackStageException',
  'PipelineExecutionOutdatedException',
  'PipelineExecutionNotFoundException',
  'StageNotFoundException',
  'PipelineNotFoundException',
  'ValidationException',
];

/**
 * Disables the inbound transition, where the pipeline's tag asks for it: while the rollback runs, no other execution can
 * enter. A refusal does not undo the rollback, and Settle says that nothing is held. Neither does a failure of AWS that
 * another try meets again: the rollback runs, and must be proven.
 */
async function started(
  codepipeline: CodePipeline,
  name: StageName,
  { heldBy }: StageState,
  { memo, to }: Plan,
  deployment: string,
  isAgain = false,
): Promise<RevertResult> {
  if (memo.holds && heldBy === null)
    await codepipeline.hold(name, reasonToHold(to.id)).catch((error: unknown) => {
      if (!isAgain && !isClientError(error)) throw error;
    });
  return { state: 'started', deployment };
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
