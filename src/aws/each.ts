/** AWS's read quotas are shared with everything else in the account, ECS's own alarm-driven rollback included. */
const AT_A_TIME = 5;

/**
 * Works through all of them, a few at a time, and throws only afterwards: one that fails must not hold up the others.
 * @throws the first error
 */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (let from = 0; from < items.length; from += AT_A_TIME) {
    const results = await Promise.allSettled(items.slice(from, from + AT_A_TIME).map(work));
    for (const result of results) if (result.status === 'rejected') failures.push(result.reason);
  }
  if (failures.length > 0) throw failures[0];
}
