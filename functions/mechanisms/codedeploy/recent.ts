import type { Entry } from '../../../src/ledger/ledger.ts';
import { isProvenIn } from '../../../src/ledger/among.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../src/rollback/plan.ts';
import { canBeOverwritten, contentOf } from './content.ts';
import { isOurs } from '../../../src/aws/code-deploy/description.ts';
import { changesBetween } from '../../../src/rollback/traits.ts';
import type { Release } from './releases.ts';
import type { Standing } from './standing.ts';
import { stateOf } from './status.ts';
import { traitsOf } from './traits.ts';

/**
 * Returns the last deployments of a group, newest first. CodeDeploy's own rollback is listed only after it succeeded.
 * Until then, or if it fails, the deployment that it rolls back is the newest.
 * @param releases newest first, at least one
 */
export function recentOf(
  releases: readonly [Release, ...Release[]],
  standing: Standing,
  entries: readonly Entry[],
): readonly [Deployment, ...Deployment[]] {
  const shown = releases.filter((one) => isDone(one) || !takesBackOneOf(one, releases));
  const [newest, ...older] = shown.slice(0, MAX_RECENT_DEPLOYMENTS);
  const toOne = (release: Release, at: number) =>
    toDeployment(
      release,
      shown[at + 1],
      releases.find(({ rollsBack }) => rollsBack === release.id),
      standing,
      entries,
    );
  return [toOne(newest ?? standing.atFault, 0), ...older.map((release, at) => toOne(release, at + 1))];
}

function takesBackOneOf({ rollsBack }: Release, releases: readonly Release[]): boolean {
  return releases.some(({ id }) => id === rollsBack);
}

/** Returns whether a deployment reached every instance. */
function isDone({ status, missed }: Release): boolean {
  return status === 'Succeeded' && missed === 0;
}

function toDeployment(
  release: Release,
  before: Release | undefined,
  rollback: Release | undefined,
  { state: standing, atFault }: Standing,
  entries: readonly Entry[],
): Deployment {
  const { id, createdAt, of, rollsBack } = release;
  const isTakenBack = rollback !== undefined && isDone(rollback);
  const isGoingBack = standing === 'rolling-back' && atFault.id === id;
  const ended = isTakenBack ? 'failed' : stateOf(release);
  // A deployment that is rolled back takes traffic until its rollback ends.
  const { finishedAt } = isTakenBack ? rollback : release;
  const mayBeOther = canBeOverwritten(of.id) && before?.of.id === of.id;
  return {
    id,
    state: isGoingBack ? 'rolling-back' : ended,
    startedAt: createdAt,
    ...(finishedAt !== null && { finishedAt }),
    revision: of,
    ...(!mayBeOther && { content: contentOf(of.id) }),
    ...(!mayBeOther && before && { changes: changesBetween(traitsOf(before.of), traitsOf(of)) }),
    isRollback: rollsBack !== null || isOurs(release),
    ...(release.divides && { divides: true }),
    ...(release.takesAll && { takesAll: true }),
    ...(isProvenIn(entries, of.id, createdAt) && { isProven: true }),
    ...(ended === 'failed' && !isGoingBack && !isTakenBack && { remains: true }),
  };
}
