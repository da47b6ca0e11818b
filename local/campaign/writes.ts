import { isAnswered, type Course, type Rollback, type Write } from './course.ts';

/** The writes of one rollback, in order. */
export interface Written {
  readonly rollback: Rollback;
  readonly writes: readonly [Write, ...Write[]];
}

/** Returns the writes that AWS accepted by the rollbacks of the story's target that made them. */
export function byRollback({ rollbacks, writes }: Course): readonly Written[] {
  return rollbacks.flatMap((rollback) => {
    const [first, ...others] = writes.filter((write) => write.rollback === rollback && isAnswered(write));
    return first === undefined ? [] : [{ rollback, writes: [first, ...others] as const }];
  });
}

/** Returns the first write of each rollback of the story's target. */
export function firstWrites(course: Course): readonly Write[] {
  return byRollback(course).map(({ writes: [first] }) => first);
}
