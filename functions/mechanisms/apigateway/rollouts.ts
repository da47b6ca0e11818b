import { isWayBack, type KnownSides } from '../../../src/ledger/known-sides.ts';
import { condemnedIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { rolloutsIn, type Rollout, type Stretch } from '../../../src/rollback/rollouts.ts';
import type { History, Pointing } from './history.ts';
import { revisionOf } from './side.ts';

/** How long before its first observation a change may have been made, if no sight before is recorded. */
const UNSEEN_SECONDS = 120;

/** Returns the last deployments of a stage, newest first. A side never changes, so its text is its content. */
export function rolloutsOf(
  { pointings }: History,
  entries: readonly Entry[],
  { proven }: KnownSides,
): readonly Rollout[] {
  const stretches = pointings.map((pointing) => ({
    ...toStretch(pointing),
    isProven: pointing.configuration.canary === null && proven.has(pointing.introduced),
  }));
  const condemned = condemnedIn(entries).map(({ revision, condemnedAt }) => ({
    content: revision.id,
    at: condemnedAt,
  }));
  const rollouts = rolloutsIn(stretches, { unseenSeconds: UNSEEN_SECONDS, condemned });
  return asWaysBack(rollouts, pointings[0], entries);
}

function toStretch({ configuration, since, notBefore, id, introduced }: Pointing): Omit<Stretch, 'isProven'> {
  const { stage, canary } = configuration;
  const share = (canary?.percent ?? 0) / 100;
  return {
    ...{ id, since, ...(notBefore !== undefined && { notBefore }) },
    ...{ revision: revisionOf(introduced), content: introduced },
    shares: { [stage]: 1 - share, ...(canary !== null && { [canary.side]: share }) },
    ...{ isWhole: canary === null, isDone: canary === null },
    // The stage does not show which of two deployments was made before the other.
    ...(canary !== null && share < 1 && { sharesWith: 'unknown' as const }),
  };
}

/** Marks a way back that the sweep has not observed yet: another side was condemned after this one was proven. */
function asWaysBack(
  [newest, ...older]: readonly Rollout[],
  { introduced }: Pointing,
  entries: readonly Entry[],
): readonly Rollout[] {
  if (newest === undefined) return [];
  if (!isWayBack(introduced, entries)) return [newest, ...older];
  return [{ ...newest, deployment: { ...newest.deployment, isRollback: true } }, ...older];
}
