import type { Redeployment } from './codedeploy.ts';
import type { Candidate } from './candidates.ts';
import { redeploymentOf, type Readers } from './redeployment.ts';
import type { Rollout, Survey } from './survey.ts';

/** The ways to a revision. native: CodeDeploy's own rollback brings it back; redeploy: a new deployment does. */
export type Way = 'native' | 'redeploy';

/** The revision to go back to, or that there is none; and what was passed over on the way. */
export type Choice =
  | (Candidate & {
      readonly ways: readonly [Way, ...Way[]];
      readonly redeployment: Redeployment | null;
      readonly notes: readonly string[];
    })
  | { readonly revision: null; readonly notes: readonly string[] };

/** Takes the first candidate to which there is a way. */
export async function choose(
  candidates: readonly Candidate[],
  survey: Survey,
  rollout: Rollout,
  readers: Readers,
): Promise<Choice> {
  const passedOver: string[] = [];
  for (const candidate of candidates) {
    const { revision, doubt } = candidate;
    const doubts = doubt === undefined ? [] : [doubt];
    const isNative = rollout.standing.native?.id === revision.id;
    const redeployment = await redeploymentOf(revision, survey, rollout, readers);
    if ('hindrance' in redeployment) {
      // In place, CodeDeploy's rollback has to fetch the bundle too; blue/green returns to instances that have it.
      if (isNative && (redeployment.isGone !== true || survey.group.isBlueGreen))
        return {
          ...candidate,
          ways: ['native'],
          redeployment: null,
          notes: [...passedOver, ...doubts, ...only(redeployment.hindrance)],
        };
      passedOver.push(`passed over ${revision.name}: ${redeployment.hindrance}`);
      continue;
    }
    const { notes, ...way } = redeployment;
    return {
      ...candidate,
      ways: isNative ? ['native', 'redeploy'] : ['redeploy'],
      redeployment: way,
      notes: [...passedOver, ...doubts, ...notes],
    };
  }
  return { revision: null, notes: passedOver };
}

function only(hindrance: string): readonly string[] {
  return [`only CodeDeploy's own rollback can bring it back: ${hindrance}`];
}
