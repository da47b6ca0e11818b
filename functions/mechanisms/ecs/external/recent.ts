import type { Entry } from '../../../../src/ledger/ledger.ts';
import { isProvenIn } from '../../../../src/ledger/among.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import { nameOf } from '../ecs.ts';
import { toRevision } from '../task-sets/revisions.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import { isWayBack } from './external-id.ts';
import type { Sides } from './sides.ts';

/*
 * ECS keeps no history of task sets, so a deleted one is known only if the sweep observed it. A task set has no time at
 * which it began to serve, or to serve again; its last change is the nearest to both.
 */

/** The facts that the entries are derived from. */
export interface Known {
  readonly entries: readonly Entry[];
  readonly condemned: ReadonlySet<string>;
  readonly contents: Contents;
}

/** Returns a service's last deployments: its task sets, and others that the ledger remembers. */
export function recentOf(sides: Sides, known: Known): Recent {
  const { atFault, isInFlight, older, idle } = sides;
  const current = toDeployment(atFault, isInFlight, known);
  const withdrawn = withdrawnOf(sides, known);
  const others = [
    ...withdrawn.map((set) => withdrawnAt(set, sides, known)),
    ...older.map((set) => toDeployment(set, false, known)),
    ...rememberedIn([atFault, ...older, ...idle], known),
  ];
  const [newest, rest] =
    withdrawn.length === 0
      ? [current, others]
      : [againIn(current, sides, withdrawn, known), [current, ...others]];
  return [newest, ...inOrder(rest).slice(0, MAX_RECENT_DEPLOYMENTS - 1)];
}

function inOrder(deployments: readonly Deployment[]): readonly Deployment[] {
  return deployments.toSorted((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt));
}

/** Returns the newer task sets that the sweep observed serving, or that were at fault. The others never served. */
export function withdrawnOf(
  { idle }: Sides,
  { entries, condemned }: Pick<Known, 'entries' | 'condemned'>,
): readonly TaskSet[] {
  return idle.filter((set) => condemned.has(set.settings.taskDefinition) || isSeenIn(entries, set));
}

function isSeenIn(entries: readonly Entry[], set: TaskSet): boolean {
  return entries.some((entry) => isSeen(set, entry));
}

function isSeen({ arn, createdAt, settings }: TaskSet, entry: Entry): boolean {
  if ('deployment' in entry) return entry.deployment === arn;
  if (entry.state === 'condemned' || entry.revision.id !== settings.taskDefinition) return false;
  return !isAfter(createdAt, entry.completedAt);
}

/** Returns the task set that serves again after a withdrawn one. */
function againIn(
  { isProven: _, ...current }: Deployment,
  sides: Sides,
  withdrawn: readonly TaskSet[],
  { condemned }: Known,
): Deployment {
  return {
    ...current,
    id: `${current.id}#again`,
    startedAt: servesAgainAt(sides),
    isRollback: withdrawn.some(({ settings }) => condemned.has(settings.taskDefinition)),
  };
}

/** Returns a withdrawn deployment. One that was never observed serving was taken back half-way. */
function withdrawnAt(set: TaskSet, sides: Sides, known: Known): Deployment {
  const made = toDeployment(set, false, known);
  if (isSeenIn(known.entries, set)) return made;
  return { ...made, state: 'failed', finishedAt: servesAgainAt(sides) };
}

/** Returns when it served again, at the earliest when the withdrawn one was made. */
function servesAgainAt({ atFault, idle }: Sides): Instant {
  const [newest] = idle;
  return newest !== undefined && isAfter(newest.createdAt, atFault.updatedAt)
    ? newest.createdAt
    : atFault.updatedAt;
}

function toDeployment(set: TaskSet, isInFlight: boolean, { entries, contents }: Known): Deployment {
  const { arn, createdAt, updatedAt, settings } = set;
  return {
    id: arn,
    state: isInFlight ? 'in-flight' : 'completed',
    startedAt: createdAt,
    ...(!isInFlight && { finishedAt: updatedAt }),
    revision: toRevision(settings.taskDefinition),
    ...contentOf(settings.taskDefinition, contents),
    isRollback: isWayBack(set),
    ...(isProvenIn(entries, settings.taskDefinition, createdAt) && { isProven: true }),
  };
}

/**
 * Returns deployments of the ledger whose task sets are gone: proven ones with their revision, the others with the ARN
 * of the task set. An observed revision that was proven since is both.
 */
function rememberedIn(sets: readonly TaskSet[], { entries, contents }: Known): readonly Deployment[] {
  const gone = entries.filter((entry) => !sets.some((set) => isSeen(set, entry)));
  const proven = gone.flatMap((entry) => {
    if (entry.state !== 'proven') return [];
    const { revision, completedAt } = entry;
    const is = {
      revision: toRevision(revision.id),
      ...contentOf(revision.id, contents),
      isProven: true,
    } as const;
    return [{ ...ranAt(completedAt), id: `${revision.id}@${completedAt}`, ...is }];
  });
  const unknown = gone.flatMap((entry) => {
    if (!('deployment' in entry) || proven.some(({ startedAt }) => startedAt === entry.completedAt))
      return [];
    const { deployment: id, completedAt } = entry;
    return [{ ...ranAt(completedAt), id, revision: { id, name: `task set ${nameOf(id)}` } }];
  });
  return [...proven, ...unknown];
}

function ranAt(completedAt: Instant): Omit<Deployment, 'id' | 'revision'> {
  return { state: 'completed', startedAt: completedAt, finishedAt: completedAt, isRollback: false };
}

function contentOf(id: string, contents: Contents): { readonly content?: string } {
  const content = contents.get(id);
  return content === undefined ? {} : { content };
}
