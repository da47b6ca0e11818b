import type { CodeDeploy, Redeployment } from './codedeploy.ts';
import type { Candidate } from './candidates.ts';
import { redeploymentOf } from './redeployment.ts';
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
  codedeploy: Pick<CodeDeploy, 'revision'>,
): Promise<Choice> {
  const passedOver: string[] = [];
  for (const candidate of candidates) {
    const { revision } = candidate;
    const isNative = rollout.standing.native?.id === revision.id;
    const redeployment = await redeploymentOf(revision, survey, rollout, codedeploy);
    if ('hindrance' in redeployment) {
      if (isNative)
        return {
          ...candidate,
          ways: ['native'],
          redeployment: null,
          notes: [...passedOver, ...only(redeployment.hindrance)],
        };
      passedOver.push(`passed over ${revision.name}: ${redeployment.hindrance}`);
      continue;
    }
    const { notes, ...way } = redeployment;
    return {
      ...candidate,
      ways: isNative ? ['native', 'redeploy'] : ['redeploy'],
      redeployment: way,
      notes: [...passedOver, ...notes],
    };
  }
  return { revision: null, notes: passedOver };
}

function only(hindrance: string): readonly string[] {
  return [`only CodeDeploy's own rollback can bring it back: ${hindrance}`];
}
