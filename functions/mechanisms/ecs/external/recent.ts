import type { Entry } from '../../../../src/ledger/ledger.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import { nameOf } from '../ecs.ts';
import { toRevision } from '../task-sets/revisions.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import { isOurs } from './ours.ts';
import type { Sides } from './sides.ts';

/*
 * ECS keeps no history of task sets: what is gone is known only as far as the sweep saw it serve. A task set carries no
 * time at which it began to serve, nor since when it does again; its last change comes nearest to both.
 */

/** Returns a service's last deployments: its task sets, and what the ledger remembers of others. */
export function recentOf(
  sides: Sides,
  entries: readonly Entry[],
  condemned: ReadonlySet<string>,
  contents: Contents,
): Recent {
  const { atFault, older } = sides;
  const withdrawn = withdrawnOf(sides, entries, condemned);
  const made = [atFault, ...older].map((set) =>
    toDeployment(set, set === atFault && sides.isInFlight, contents),
  );
  const remembered = entries.flatMap((entry) =>
    rememberedIn(entry, [atFault, ...older, ...sides.idle], contents),
  );
  const others = [...withdrawn.map((set) => withdrawnAt(set, sides, contents)), ...made, ...remembered];
  const [newest = toDeployment(atFault, sides.isInFlight, contents), ...rest] = [
    ...againOf(sides, withdrawn, condemned, contents),
    ...others.toSorted((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt)),
  ];
  return [newest, ...rest.slice(0, MAX_RECENT_DEPLOYMENTS - 1)];
}

/** The newer task sets that served once, as the sweep saw, or were at fault. The others were only prepared. */
export function withdrawnOf(
  { idle }: Sides,
  entries: readonly Entry[],
  condemned: ReadonlySet<string>,
): readonly TaskSet[] {
  return idle.filter(
    (set) => condemned.has(set.settings.taskDefinition) || entries.some((entry) => isSeen(set, entry)),
  );
}

function isSeen({ arn, createdAt, settings }: TaskSet, entry: Entry): boolean {
  if (!('revision' in entry)) return entry.deployment === arn;
  if (entry.state === 'condemned' || entry.revision.id !== settings.taskDefinition) return false;
  return !isAfter(createdAt, entry.completedAt);
}

/** The one that serves again in the place of what was withdrawn. */
function againOf(
  sides: Sides,
  withdrawn: readonly TaskSet[],
  condemned: ReadonlySet<string>,
  contents: Contents,
): readonly Deployment[] {
  if (withdrawn.length === 0) return [];
  const { atFault } = sides;
  return [
    {
      ...toDeployment(atFault, sides.isInFlight, contents),
      id: `${atFault.arn}#again`,
      startedAt: servesAgainAt(sides),
      isRollback: withdrawn.some(({ settings }) => condemned.has(settings.taskDefinition)),
    },
  ];
}

function withdrawnAt(set: TaskSet, sides: Sides, contents: Contents): Deployment {
  return { ...toDeployment(set, false, contents), state: 'failed', finishedAt: servesAgainAt(sides) };
}

/** It cannot have been before what was withdrawn was made. */
function servesAgainAt({ atFault, idle }: Sides): Instant {
  const [newest] = idle;
  return newest !== undefined && isAfter(newest.createdAt, atFault.updatedAt)
    ? newest.createdAt
    : atFault.updatedAt;
}

function toDeployment(set: TaskSet, isInFlight: boolean, contents: Contents): Deployment {
  const { arn, createdAt, updatedAt, settings } = set;
  return {
    id: arn,
    state: isInFlight ? 'in-flight' : 'completed',
    startedAt: createdAt,
    ...(!isInFlight && { finishedAt: updatedAt }),
    revision: toRevision(settings.taskDefinition),
    ...contentOf(settings.taskDefinition, contents),
    isRollback: isOurs(set),
  };
}

/** What the ledger knows and no task set of now shows. Of what is not proven yet it knows the task set's ARN alone. */
function rememberedIn(entry: Entry, sets: readonly TaskSet[], contents: Contents): readonly Deployment[] {
  if (entry.state === 'condemned' || sets.some((set) => isSeen(set, entry))) return [];
  const { completedAt } = entry;
  const when = { startedAt: completedAt, finishedAt: completedAt };
  const base = { ...when, state: 'completed', isRollback: false } as const;
  if (!('revision' in entry)) {
    const { deployment: id } = entry;
    return [{ ...base, id, revision: { id, name: `task set ${nameOf(id)}` } }];
  }
  const { id } = entry.revision;
  return [{ ...base, id: `${id}@${completedAt}`, revision: toRevision(id), ...contentOf(id, contents) }];
}

function contentOf(id: string, contents: Contents): { readonly content?: string } {
  const content = contents.get(id);
  return content === undefined ? {} : { content };
}
