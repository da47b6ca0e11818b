import type { ObservedRevision } from '../../src/ledger/ledger.ts';
import type { LookedAt, Lookouts } from '../../src/ledger/lookouts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import type { Deployed } from '../../src/targets/kind.ts';

export interface SeenByLookout {
  readonly lookouts: Pick<Lookouts, 'known'>;
  readonly warn: (message: string, about: object) => void;
}

/** How long before its completion a deployment may have begun. */
const BEGAN_BEFORE_SECONDS = 86_400;

/** A lookout ends with its first look after the soak, 90 seconds later at most where AWS does not throttle. */
const WAIT_SECONDS = 180;

/**
 * Returns what a lookout saw of a revision that stayed quiet, as sentences for the ledger: one or none. `follows`: a
 * lookout will end within minutes, and the proof can wait for it. Never throws: a failed read costs the sentence alone.
 * Reads nothing where the target has no tag `lastgood:lookout`.
 */
export async function seenByLookout(
  { lookouts, warn }: SeenByLookout,
  observed: ObservedRevision,
  { revision, tags }: Pick<Deployed, 'revision' | 'tags'>,
  now: Instant,
): Promise<readonly string[] | 'follows'> {
  if (readSettings(tags).lookout === 'off') return [];
  const { target, completedAt, soakUntil } = observed;
  try {
    const { ended, followsSince } = await lookouts.known(target, after(completedAt, -BEGAN_BEFORE_SECONDS));
    const seen = ended.filter((looked) => looked.state !== 'ended' && isOf(looked, observed, revision.id));
    const best = seen.find(({ state }) => state === 'accused') ?? seen[0];
    if (best !== undefined) return [sentenceOf(best)];
    const follows = followsSince !== null && !isAfter(followsSince, completedAt);
    return follows && isAfter(after(soakUntil, WAIT_SECONDS), now) ? 'follows' : [];
  } catch (error) {
    warn('what a lookout saw could not be read', { target, because: String(error) });
    return [];
  }
}

/**
 * Says whether a lookout followed this deployment. Where a kind has an id for each step, and where CodeDeploy deploys a
 * service of ECS, the ids differ. Then it followed the same revision when the deployment completed.
 */
function isOf(
  { deployment, revision, startedAt, endedAt }: LookedAt,
  { deployment: id, completedAt }: ObservedRevision,
  revisionId: string,
): boolean {
  if (deployment === id) return true;
  return revision?.id === revisionId && !isAfter(startedAt, completedAt) && !isAfter(completedAt, endedAt);
}

function sentenceOf({ state, older, looks, accusedAt, says }: LookedAt): string {
  if (state === 'accused')
    return `A lookout accused it at ${accusedAt ?? 'an unknown time'}: ${says[0] ?? ''}`;
  if (state === 'unclear') return `A lookout of ${counted(looks)} could not say whether it is good.`;
  const before = older?.name ?? 'the revision before';
  return `A lookout compared it with ${before} at ${counted(looks)} through its soak and saw nothing against it.`;
}

function counted(looks: number): string {
  return looks === 1 ? '1 look' : `${looks} looks`;
}
