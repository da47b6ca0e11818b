import { createHash } from 'node:crypto';
import type { WrittenLook } from '../../judge/incident.ts';
import type { OtherDeployment } from '../../../src/rollback/facts.ts';
import type { Deployment, Plan } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';

type Written = WrittenLook['deployments'][number];

/** Returns the deployments that a plan knows, newest first. */
export function recentIn({ recent, deployment }: Plan): readonly Deployment[] {
  return recent ?? (deployment === undefined ? [] : [deployment]);
}

/** Writes the target's own deployments, oldest first. */
export function toDeployments(plan: Plan, target: string): readonly Written[] {
  const recent = recentIn(plan);
  return recent.map((one, at) => toDeployment(one, recent.slice(at + 1), target)).toReversed();
}

function toDeployment(one: Deployment, older: readonly Deployment[], target: string): Written {
  const { id, startedAt, finishedAt, revision, content, changes, isRollback, sights } = one;
  const state = stateOf(one);
  const isOver = state === 'completed' || state === 'failed';
  const replaced = replacedBy(older);
  return {
    id,
    target,
    relation: 'this',
    startedAt,
    ...(isOver && finishedAt !== undefined && { finishedAt }),
    state,
    revision: {
      id: revision.id,
      name: revision.name,
      ...(content !== undefined && { content: digestOf(content) }),
    },
    ...(replaced !== undefined && { replaced }),
    ...(changes !== undefined && { changes: [...changes] }),
    ...(isRollback && { isRollback }),
    ...(sights !== undefined && { sights }),
  };
}

/** In an incident `failed` means that AWS went back. A deployment that failed and was left in place still runs. */
function stateOf({ state, remains }: Deployment): Deployment['state'] {
  return state === 'failed' && remains === true ? 'completed' : state;
}

/** Skips deployments that AWS went back from. One in flight may have been replaced half-way, so it counts as unknown. */
function replacedBy(older: readonly Deployment[]): string | undefined {
  const before = older.find((one) => stateOf(one) !== 'failed');
  return before !== undefined && stateOf(before) === 'completed' ? before.revision.id : undefined;
}

/** Hashes content, which is only compared and may hold configuration. */
function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** Writes deployments of dependencies. The ledger only knows when they completed. */
export function toOtherDeployments(
  dependencies: readonly OtherDeployment[],
  at: Instant,
): readonly Written[] {
  return dependencies
    .filter(({ startedAt }) => !isAfter(startedAt, at))
    .toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))
    .map(({ target, relation, startedAt }) => ({
      id: `${target} ${startedAt}`,
      target,
      relation,
      startedAt,
      finishedAt: startedAt,
      state: 'completed',
    }));
}
