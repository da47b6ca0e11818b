import type { Planned } from '../../../../src/rollback/document.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import type { Memo } from './memo.ts';

/** Task sets that were created after the one at fault, newest first, other than the one with this id of ours. */
export function newerThan(
  sets: readonly TaskSet[],
  plan: Planned<Memo>['plan'],
  ours: string,
): readonly TaskSet[] {
  const { createdAt } = plan.memo;
  return sets.filter((set) => set.externalId !== ours && isAfter(set.createdAt, createdAt));
}
