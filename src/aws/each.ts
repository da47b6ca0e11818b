/** How many run at a time, unless the caller says otherwise. All tools in the account share AWS's read quotas, ECS's own rollback on alarms included. */
const AT_A_TIME = 5;

/**
 * Works through all items, `atATime` at once. A failed item does not stop the others.
 * @throws the first error, after all items have finished
 */
export async function eachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  atATime = AT_A_TIME,
): Promise<void> {
  const failures: unknown[] = [];
  for (let from = 0; from < items.length; from += atATime) {
    const results = await Promise.allSettled(items.slice(from, from + atATime).map(work));
    for (const result of results) if (result.status === 'rejected') failures.push(result.reason);
  }
  if (failures.length > 0) throw failures[0];
}
