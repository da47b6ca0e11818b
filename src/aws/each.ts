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
  const results = await settledOf(items, work, atATime);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

/** Works through all items, `atATime` at once, and returns the results in their order. */
export async function settledOf<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atATime = AT_A_TIME,
): Promise<readonly PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = [];
  for (let from = 0; from < items.length; from += atATime)
    results.push(...(await Promise.allSettled(items.slice(from, from + atATime).map(work))));
  return results;
}
