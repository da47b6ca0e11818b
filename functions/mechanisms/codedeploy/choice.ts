import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import type { Redeployment } from './codedeploy.ts';
import type { Candidate } from './candidates.ts';
import { redeploymentOf, type Readers } from './redeployment.ts';
import type { Rollout, Survey } from './survey.ts';

/** The ways to a revision. native: CodeDeploy's own rollback brings it back; redeploy: a new deployment does. */
export type Way = 'native' | 'redeploy';

/** The revision to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | (Candidate & {
      readonly ways: readonly [Way, ...Way[]];
      readonly redeployment: Redeployment | null;
      readonly notes: readonly string[];
    })
  | { readonly revision: null; readonly notes: readonly string[] };

type Found = Omit<Exclude<Choice, { revision: null }>, 'notes'>;

/** Takes the first candidate that can be reached. */
export async function choose(
  candidates: readonly Candidate[],
  survey: Survey,
  rollout: Rollout,
  readers: Readers,
): Promise<Choice> {
  const says = ({ revision }: Candidate, why: string) => passedOver(revision.name, why);
  const { way, notes } = await firstWay(candidates, says, (one) => examine(one, survey, rollout, readers));
  return way === null ? { revision: null, notes } : { ...way, notes };
}

async function examine(
  candidate: Candidate,
  survey: Survey,
  rollout: Rollout,
  readers: Readers,
): Promise<Examined<Found>> {
  const { revision, doubt } = candidate;
  const doubts = doubt === undefined ? [] : [doubt];
  const isNative = rollout.standing.awsGoesTo?.id === revision.id;
  const redeployment = await redeploymentOf(revision, survey, rollout, readers);
  if ('blocker' in redeployment) {
    // In place, CodeDeploy's rollback must fetch the bundle too; blue/green returns to instances that have it.
    if (!isNative || (redeployment.isGone === true && !survey.group.isBlueGreen))
      return { blockers: [redeployment.blocker] };
    const way = { ...candidate, ways: ['native'], redeployment: null } as const;
    return { way, notes: [...doubts, ...only(redeployment.blocker)] };
  }
  const { notes, ...again } = redeployment;
  const ways: Found['ways'] = isNative ? ['native', 'redeploy'] : ['redeploy'];
  return { way: { ...candidate, ways, redeployment: again }, notes: [...doubts, ...notes] };
}

function only(blocker: string): readonly string[] {
  return [`only CodeDeploy's own rollback can bring it back: ${blocker}`];
}
