import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { stageOf, targetOf } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline, StageState } from './codepipeline.ts';
import { contentOf, revisionOf } from './revision.ts';
import { isRunning, runsOf } from './runs.ts';

/** Returns what the state of a pipeline shows of its stages. A source stage deploys nothing. */
export function seenOf(unit: Unit, [, ...stages]: readonly StageState[]): readonly Seen[] {
  return stages.flatMap((state) => {
    const { latest, name: stage } = state;
    if (latest === null) return [];
    const target = targetOf({ pipeline: unit.name, stage });
    return [
      {
        ...{ unit, target, content: `${latest.id} ${latest.status}` },
        ...(isRunning(latest) && { isMoving: true }),
        observed: (sight: Sight) => observedIn(target, state, sight),
      },
    ];
  });
}

/** Events are best effort, so the state shows a run whose event was lost. */
async function observedIn(
  target: string,
  { latest, actions }: StageState,
  sight: Sight,
): Promise<readonly ObservedDeployment[]> {
  const state = latest?.status === 'Succeeded' ? 'completed' : 'failed';
  if (latest === null || (latest.status !== 'Succeeded' && latest.status !== 'Failed')) return [];
  const entries = await sight.entries();
  if (entries.some((entry) => 'deployment' in entry && entry.deployment === latest.id)) return [];
  const [at = sight.at] = actions
    .flatMap((one) => one.at ?? [])
    .toSorted()
    .toReversed();
  const failed = actions.find(({ status }) => status === 'Failed');
  const reason = state === 'failed' && failed !== undefined ? `action ${failed.name}: ${failed.error}` : '';
  return [{ target, deployment: latest.id, state, at, reason }];
}

/**
 * Reads whether an execution is still the last one that deployed in its stage, and what it deployed. A later one whose
 * approval waits or was rejected has changed nothing that runs.
 */
export async function deployed(
  codepipeline: Pick<CodePipeline, 'states' | 'executions' | 'runs'>,
  { target, deployment }: ObservedRevision,
  tags: Tags | undefined,
): Promise<Deployed | null> {
  const { pipeline, stage } = stageOf(target);
  const [states, executions] = await Promise.all([
    codepipeline.states(pipeline),
    codepipeline.executions(pipeline),
  ]);
  const state = states?.slice(1).find(({ name }) => name === stage);
  const known = (executions ?? []).find(({ id }) => id === deployment);
  if (state?.latest == null || known === undefined) return null;
  const isLast = state.latest.id === deployment;
  const latest = isLast ? state.latest : await lastThatDeployed(codepipeline, pipeline, state, state.latest);
  const content = contentOf(known.sources, known.redeploys ?? known.id);
  const standing = latest.status === 'Succeeded' && tags !== undefined ? 'alone' : 'unclear';
  return {
    revision: { ...revisionOf(known), content },
    runs: latest.id === deployment ? standing : isRunning(latest) ? 'unclear' : 'gone',
    tags: tags ?? {},
    alarms: [],
  };
}

/** Returns the last run of a stage in which more than an approval began. */
async function lastThatDeployed(
  codepipeline: Pick<CodePipeline, 'runs'>,
  pipeline: string,
  state: StageState,
  latest: NonNullable<StageState['latest']>,
): Promise<{ readonly id: string; readonly status: string }> {
  const actions = await codepipeline.runs(pipeline);
  const runs = runsOf({ state, executions: [], actions, version: 0 });
  // A run that is not listed yet may have begun to deploy.
  if (!runs.some(({ id }) => id === latest.id)) return latest;
  return runs.find(({ onlyAsked }) => !onlyAsked) ?? latest;
}
