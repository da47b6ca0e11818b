import type { Planned } from '../../../../src/rollback/document.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import type { Memo } from './memo.ts';

/** Lists the task sets created after the one at fault, newest first, except the one that this rollback made. */
export function newerThan(
  sets: readonly TaskSet[],
  plan: Planned<Memo>['plan'],
  ownId: string,
): readonly TaskSet[] {
  const { createdAt } = plan.memo;
  return sets.filter((set) => set.externalId !== ownId && isAfter(set.createdAt, createdAt));
}
