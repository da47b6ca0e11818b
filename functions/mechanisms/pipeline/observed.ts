import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { stageOf, targetOf } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline, StageState } from './codepipeline.ts';
import { contentOf, revisionOf } from './revision.ts';
import { isRunning } from './runs.ts';

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

/** Reads whether an execution is still the last one in its stage, and what it deployed. */
export async function deployed(
  codepipeline: Pick<CodePipeline, 'states' | 'executions'>,
  { target, deployment }: ObservedRevision,
  tags: Tags | undefined,
): Promise<Deployed | null> {
  const { pipeline, stage } = stageOf(target);
  const [states, executions] = await Promise.all([
    codepipeline.states(pipeline),
    codepipeline.executions(pipeline),
  ]);
  const latest = states?.slice(1).find(({ name }) => name === stage)?.latest;
  const known = (executions ?? []).find(({ id }) => id === deployment);
  if (latest == null || known === undefined) return null;
  const content = contentOf(known.sources, known.redeploys ?? known.id);
  const standing = latest.status === 'Succeeded' && tags !== undefined ? 'alone' : 'unclear';
  return {
    revision: { ...revisionOf(known), content },
    runs: latest.id === deployment ? standing : isRunning(latest) ? 'unclear' : 'gone',
    tags: tags ?? {},
    alarms: [],
  };
}
