import type { Candidate } from '../candidate.ts';
import { choose as chooseFrom, type Choice as AnyChoice, type Ways } from '../choice.ts';
import { nameOf } from '../ecs.ts';
import { revisionOf } from '../task-sets/revisions.ts';
import type { Reads } from './clients.ts';
import type { Memo } from './memo.ts';
import { redeploymentOf } from './redeployment.ts';
import type { Standing } from './standing.ts';
import type { Survey } from './survey.ts';

/** The task definition to go back to, if there is one, with what its rungs need. */
export type Choice =
  | (Extract<AnyChoice, { ways: unknown }> & { readonly revision: Memo['revision'] })
  | { readonly to: null; readonly notes: readonly string[] };

/** Takes the first candidate that can be reached. */
export async function choose(
  candidates: readonly Candidate[],
  seen: Survey,
  standing: Standing,
  runs: string,
  reads: Reads,
): Promise<Choice> {
  const { atFault } = standing;
  const native = awsGoesTo(seen, standing, runs);
  const revisions = new Map(
    candidates.map(({ revision }) => [revision, revisionOf(revision, reads.definitions)]),
  );
  const bad = revisionOf(runs, reads.definitions);
  const choice = await chooseFrom({ candidates, atFault: bad, native, revisions }, reads);
  if (choice.to === null) return choice;
  const redeployment = redeploymentOf(choice.to.arn, seen, atFault);
  if (redeployment.revision !== null) {
    const notes = [...before(choice.ways, native), ...choice.notes, ...redeployment.notes];
    return { ...choice, ...redeployment, notes };
  }
  return withoutRedeploy(choice, redeployment.reason);
}

/**
 * Notes that a deployment in flight is rolled back first, whatever that restores, because its new tasks must end (ADR
 * 16).
 */
function before(ways: Ways, native: ReturnType<typeof awsGoesTo>): readonly string[] {
  if (native === null || ways.includes('native')) return [];
  return [
    `CodeDeploy first returns the traffic to ${nameOf(native.revision)}, because a group has one deployment in flight`,
  ];
}

function withoutRedeploy(choice: Extract<AnyChoice, { ways: unknown }>, reason: string): Choice {
  const notes = [...choice.notes, `it cannot be deployed again: ${reason}`];
  const ways: Ways | null = choice.ways.includes('native') ? ['native'] : null;
  return ways === null ? { to: null, notes } : { ...choice, ways, notes, revision: null };
}

/** Returns what stopping the deployment, or the running rollback, restores: the task set beside the one at fault. */
export function awsGoesTo(
  { sets, service }: Survey,
  { state }: Standing,
  running: string,
): { readonly revision: string; readonly isWhole: boolean } | null {
  if (state !== 'rolling-out' && state !== 'rolling-back') return null;
  const blue = sets.find(({ settings }) => settings.taskDefinition !== running);
  if (blue === undefined) return null;
  return { revision: blue.settings.taskDefinition, isWhole: blue.running >= service.desired };
}
