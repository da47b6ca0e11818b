import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import type { Candidate, FoundIn } from './candidate.ts';
import { mayDifferFrom } from './doubts.ts';
import { nameOf, type ServiceRevision } from './ecs.ts';
import { missingImage } from './image-blockers.ts';
import type { Blocker } from './blocker.ts';
import { blockerOf, type Known } from './blockers.ts';

/** The ways to a revision, best first. native: ECS's own rollback brings it back; redeploy: UpdateService does. */
export type Way = 'native' | 'redeploy';
export type Ways = readonly [Way, ...Way[]];

/** The revision to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | {
      readonly to: ServiceRevision;
      readonly source: FoundIn;
      readonly ways: Ways;
      readonly notes: readonly string[];
      /** Why a person must decide. Absent: nothing is in doubt. */
      readonly doubt?: string;
    }
  | { readonly to: null; readonly notes: readonly string[] };

/** The facts that the choice is made from. */
export interface Offer {
  readonly candidates: readonly Candidate[];
  readonly atFault: ServiceRevision;
  /** The revision that stopping the rollout would restore, and whether all its tasks still run. */
  readonly native: { readonly revision: string; readonly isWhole: boolean } | null;
  readonly revisions: ReadonlyMap<string, ServiceRevision>;
}

/** Takes the first candidate that can be reached. */
export async function choose(offer: Offer, known: Known): Promise<Choice> {
  const says = ({ revision }: Candidate, why: string) => {
    const to = offer.revisions.get(revision);
    return passedOver(to === undefined ? revision : nameOf(to.configuration.taskDefinition), why);
  };
  const { way, notes } = await firstWay(offer.candidates, says, (one) => examine(one, offer, known));
  return way === null ? { to: null, notes } : { ...way, notes };
}

async function examine(
  { revision, source }: Candidate,
  offer: Offer,
  known: Known,
): Promise<Examined<Omit<Extract<Choice, { ways: Ways }>, 'notes'>>> {
  const to = offer.revisions.get(revision);
  if (to === undefined) return { blockers: ['ECS no longer knows it'] };
  const { ways, notes, doubt } = await waysTo(to, offer, known);
  if (ways === null) return { blockers: notes };
  return { way: { to, source, ways, ...(doubt !== undefined && { doubt }) }, notes };
}

async function waysTo(
  to: ServiceRevision,
  { atFault, native }: Offer,
  known: Known,
): Promise<{ readonly ways: Ways | null; readonly notes: readonly string[]; readonly doubt?: string }> {
  const blocker = await blockerOf(to, atFault, known);
  const { reason, doubts, mayDiffer } = blocker;
  const isNative = native?.revision === to.arn;
  if (isNative && native.isWhole) return nativeFirst(blocker);
  const missing = isNative ? await missingImage(to, atFault, known.looks) : null;
  known.looks.insist();
  if (isNative && missing === null) return nativeFirst(blocker);
  if (reason !== null) return { ways: null, notes: [missing ?? reason] };
  return {
    ways: ['redeploy'],
    notes: doubts,
    ...(mayDiffer !== null && { doubt: mayDifferFrom(nameOf(to.configuration.taskDefinition), mayDiffer) }),
  };
}

/** Returns ECS's own rollback, and then a new deployment if nothing speaks against it. */
export function nativeFirst({ reason, doubts, mayDiffer }: Blocker): {
  readonly ways: Ways;
  readonly notes: readonly string[];
} {
  const against = reason ?? mayDiffer;
  if (against === null) return { ways: ['native', 'redeploy'], notes: doubts };
  return { ways: ['native'], notes: [`only ECS's own rollback can bring it back: ${against}`] };
}
