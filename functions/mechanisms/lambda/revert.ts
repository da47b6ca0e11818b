import { isNamed } from '../../../src/aws/errors.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import { isSameRollout, isThere, isUnderWay } from './arrival.ts';
import { textOf } from './configuration.ts';
import { pointedId } from './deployment-id.ts';
import type { Alias, Lambda } from './lambda.ts';
import { aliasOf } from '../../../src/targets/kinds/lambda/target.ts';
import type { Memo } from './memo.ts';

/**
 * Points the alias at the wanted version. If it already points there, an earlier try wrote it. If it was changed to
 * another version, that change may carry the fix, and it stays.
 */
export function revertWith({ lambda }: { readonly lambda: Lambda }): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const alias = await lambda.alias(aliasOf(request.target));
    if (alias === null) return { state: 'failed', reason: 'there is no such alias any more' };
    const arrived = arrival(alias, plan);
    if (arrived !== null) return arrived;
    if (plan.state === 'join' || !isSameRollout(alias, plan)) return changed(alias);
    return update(lambda, request.target, alias, plan);
  };
}

async function update(
  lambda: Lambda,
  target: string,
  read: Alias,
  plan: OnRung<Memo>['plan'],
): Promise<RevertResult> {
  const name = aliasOf(target);
  try {
    return { state: 'started', deployment: pointedId(await lambda.pointAt(name, plan.to.id, read)) };
  } catch (error) {
    if (isNamed(error, 'PreconditionFailedException')) return lost(await lambda.alias(name), read, plan);
    if (isNamed(error, 'ResourceNotFoundException', 'InvalidParameterValueException'))
      return { state: 'failed', reason: `${error.name}: ${error.message}` };
    if (isNamed(error, 'ResourceConflictException'))
      throw new Unavailable(`another operation is in progress: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Handles a lost race. The winner may be an earlier try, which Lambda did not show yet when the alias was read. */
function lost(alias: Alias | null, read: Alias, plan: OnRung<Memo>['plan']): RevertResult {
  const arrived = alias === null ? null : arrival(alias, plan);
  return arrived ?? changed(alias ?? read);
}

function arrival(alias: Alias, plan: OnRung<Memo>['plan']): RevertResult | null {
  if (!isThere(alias, plan) && !isUnderWay(alias, plan)) return null;
  return { state: plan.state === 'join' ? 'joined' : 'started', deployment: pointedId(alias) };
}

function changed(alias: Alias): RevertResult {
  return {
    state: 'failed',
    reason: `the alias was changed to ${textOf(alias)} after the plan was made; Lastgood leaves it`,
  };
}
