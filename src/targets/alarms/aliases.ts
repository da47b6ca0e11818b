import { LambdaClient } from '@aws-sdk/client-lambda';
import { readAliasNames, type ReadAliasNames } from '../../aws/alias-names.ts';
import { createBudget, within } from '../../aws/budget.ts';
import type { Connect } from '../../aws/client.ts';
import { kept } from '../../aws/kept.ts';
import type { ReadOptedIn } from '../../aws/opted-in.ts';
import type { Instant } from '../../rollback/request.ts';
import type { Share } from '../kind.ts';
import { functionIn, targetOf } from '../kinds/lambda/target.ts';
import type { ReadAliases } from './read-tags.ts';

/**
 * Makes a reader that keeps the aliases of each function in a warm function. Permission needed: lambda:ListAliases.
 * @param share of Lambda's quota, where a minute may read many
 */
export function createAliases(
  connect: Connect,
  optedIn: ReadOptedIn,
  now: () => Instant,
  share?: Share,
): ReadAliases {
  const client = connect(LambdaClient);
  const names: ReadAliasNames = (functionName) => readAliasNames(client, functionName);
  return aliasesWith(optedIn, share === undefined ? names : paced(names, share, now), now);
}

/** Reads the aliases of opted-in functions alone, because those of others are no targets. */
export function aliasesWith(optedIn: ReadOptedIn, names: ReadAliasNames, now: () => Instant): ReadAliases {
  const known = new Map<string, () => Promise<readonly string[]>>();
  return async (arn) => {
    const functionName = functionIn(arn);
    if (functionName === null || !(await optedIn('here')).some((one) => one.arn === arn)) return [];
    const read = known.get(functionName) ?? kept(() => names(functionName), now);
    known.set(functionName, read);
    return (await read()).toSorted().map((alias) => targetOf({ functionName, alias }));
  };
}

/** @throws Throttled if the share of this minute is used up */
export function paced(
  names: ReadAliasNames,
  { quota, callsPerMinute }: Share,
  now: () => Instant,
): ReadAliasNames {
  let minute = { of: '', budget: createBudget(0) };
  return (functionName) => {
    const of = now().slice(0, 'yyyy-mm-ddThh:mm'.length);
    if (minute.of !== of) minute = { of, budget: createBudget(callsPerMinute) };
    return within(minute.budget, quota, () => names(functionName));
  };
}
