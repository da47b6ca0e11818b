import { condemnedIn, isProvenIn, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../src/rollback/plan.ts';
import { changedIn } from './resources.ts';
import type { Operation } from './operations.ts';
import { revisionOf } from './revision.ts';

/** Returns the last deployments of a stack, newest first: its creation and its updates. */
export function recentOf(
  stack: string,
  operations: readonly Operation[],
  contents: ReadonlyMap<string, string>,
  entries: readonly Entry[],
): readonly Deployment[] {
  return operations.slice(0, MAX_RECENT_DEPLOYMENTS).map((one) => {
    const content = contents.get(one.id);
    return {
      id: one.id,
      ...stateOf(one),
      ...(one.isCancelled && { isCancelled: true }),
      startedAt: one.startedAt,
      ...(one.endedAt !== null && { finishedAt: one.endedAt }),
      revision: revisionOf(stack, one.id),
      ...(content !== undefined && { content }),
      ...(one.resources.length > 0 && { changes: changedIn(one) }),
      // CloudFormation goes back within the operation that it rolls back.
      isRollback: false,
      ...(isProvenIn(entries, one.id, one.startedAt) && { isProven: true }),
    };
  });
}

function stateOf({ state }: Operation): Pick<Deployment, 'state' | 'remains'> {
  switch (state) {
    case 'failed':
    case 'stuck':
      return { state: 'failed', remains: true };
    case 'went-back':
      return { state: 'failed' };
    default:
      return { state };
  }
}

/** Returns the contents that the ledger keeps, by operation. */
export function contentsIn(entries: readonly Entry[]): ReadonlyMap<string, string> {
  return new Map(
    [...provenIn(entries), ...condemnedIn(entries)].flatMap(({ revision: { id, content } }) =>
      content === undefined ? [] : [[id, content] as const],
    ),
  );
}
