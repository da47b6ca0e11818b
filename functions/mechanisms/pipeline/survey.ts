import { condemnedIn, provenIds } from '../../../src/ledger/among.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import { blameOf, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { stageOf, type StageName } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline, Execution, Pipeline, Stage, StageState } from './codepipeline.ts';
import { holds } from './hold.ts';
import { rolloutsOf, type Rollouts } from './recent.ts';
import { runsOf, type StageRun } from './runs.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: StageName;
  readonly pipeline: Pipeline;
  readonly stage: Stage;
  readonly states: readonly StageState[];
  readonly state: StageState;
  readonly tags: Tags;
  readonly holds: boolean;
  readonly executions: readonly Execution[];
  /** Of the present structure version and of the type STANDARD, newest first. */
  readonly succeeded: readonly Execution[];
  /** Newest first. */
  readonly runs: readonly StageRun[];
  /** Null: nothing ever ran in the stage. */
  readonly rollouts: Rollouts | null;
  readonly blame: Blame | null;
  readonly entries: readonly Entry[];
  readonly proven: ReadonlySet<string>;
  /** Ids and contents that were at fault once. */
  readonly condemned: ReadonlySet<string>;
}

export interface Clients {
  readonly codepipeline: CodePipeline;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** @throws UnsupportedTarget, InvalidTag */
export async function survey(rollback: Plannable, { codepipeline, ledger }: Clients): Promise<Survey> {
  const { target } = rollback.request;
  const name = stageOf(target);
  const [pipeline, states, executions, succeeded, actions, entries] = await Promise.all([
    codepipeline.pipeline(name.pipeline),
    codepipeline.states(name.pipeline),
    codepipeline.executions(name.pipeline),
    codepipeline.succeeded(name),
    codepipeline.runs(name.pipeline),
    ledger.entries(target),
  ]);
  const stage = pipeline?.stages.find((one) => one.name === name.stage);
  const state = states?.find((one) => one.name === name.stage);
  if (pipeline === null || states === null || stage === undefined || state === undefined)
    throw new UnsupportedTarget(`${target}: there is no such pipeline, or it has no such stage`);
  const tags = await codepipeline.tags(pipeline.arn);
  const known = { state, executions: executions ?? [], actions, version: pipeline.version };
  const runs = runsOf(known);
  const rollouts = rolloutsOf(runs, entries);
  return {
    ...{ name, pipeline, stage, states, state, tags, entries, runs, rollouts, holds: holds(tags) },
    executions: known.executions,
    succeeded: (succeeded ?? []).filter(({ redeploys }) => redeploys === null),
    blame: rollouts === null ? null : blameOf(rollouts.recent, rollback),
    proven: new Set(provenIds(entries)),
    condemned: condemnedAs(entries),
  };
}

function condemnedAs(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(condemnedIn(entries).flatMap(({ revision: { id, content } }) => [id, content ?? id]));
}
