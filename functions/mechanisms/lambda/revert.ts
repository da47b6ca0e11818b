import { isNamed } from '../../../src/aws/errors.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { passedOver } from '../../../src/rollback/first-way.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import { isSameRollout, isThere, isUnderWay } from './arrival.ts';
import { textOf } from './configuration.ts';
import { pointedId } from './deployment-id.ts';
import type { Alias, Lambda } from './lambda.ts';
import { whyNotInvocable } from './invocable.ts';
import { aliasOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';
import type { Memo } from './memo.ts';

type WithWay = OnRung<Memo>['plan'];

interface Clients {
  readonly lambda: Lambda;
}

/**
 * Points the alias at the wanted version, if the alias is unchanged since the plan: its revision id is the lock of the
 * write, so nothing is read before it but whether that version can be invoked. Where the alias has changed, an earlier
 * try may have pointed it there, or the same rollout goes on. A change to another version may carry the fix, and stays.
 */
export function revertWith({ lambda }: Clients): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const name = aliasOf(request.target);
    if (plan.state === 'join') return asItStands(await lambda.alias(name), plan);
    const version = await lambda.version(name.functionName, plan.to.id);
    const reason = version === null ? 'it was deleted' : whyNotInvocable(version);
    if (reason !== null) return { state: 'failed', reason: passedOver(plan.to.name, reason) };
    const { revisionId } = plan.memo;
    return (await update(lambda, name, plan, revisionId)) ?? updateAgain(lambda, name, plan);
  };
}

/** Writes anew, if only the weights of the same rollout have changed. */
async function updateAgain(lambda: Lambda, name: AliasName, plan: WithWay): Promise<RevertResult> {
  const alias = await lambda.alias(name);
  if (alias === null || !isSameRollout(alias, plan) || arrival(alias, plan) !== null)
    return asItStands(alias, plan);
  const written = await update(lambda, name, plan, alias.revisionId);
  return written ?? asItStands(await lambda.alias(name), plan);
}

/** Returns null if the alias has another revision id. */
async function update(
  lambda: Lambda,
  name: AliasName,
  plan: WithWay,
  revisionId: string,
): Promise<RevertResult | null> {
  try {
    return { state: 'started', deployment: pointedId(await lambda.pointAt(name, plan.to.id, revisionId)) };
  } catch (error) {
    if (isNamed(error, 'PreconditionFailedException')) return null;
    if (isNamed(error, 'ResourceNotFoundException', 'InvalidParameterValueException'))
      return { state: 'failed', reason: `${error.name}: ${error.message}` };
    if (isNamed(error, 'ResourceConflictException'))
      throw new Unavailable(`another operation is in progress: ${error.message}`, { cause: error });
    throw error;
  }
}

function asItStands(alias: Alias | null, plan: WithWay): RevertResult {
  if (alias === null) return { state: 'failed', reason: 'there is no such alias any more' };
  return arrival(alias, plan) ?? changed(alias);
}

function arrival(alias: Alias, plan: WithWay): RevertResult | null {
  if (!isThere(alias, plan) && !isUnderWay(alias, plan)) return null;
  return { state: plan.state === 'join' ? 'joined' : 'started', deployment: pointedId(alias) };
}

function changed(alias: Alias): RevertResult {
  return {
    state: 'failed',
    reason: `the alias was changed to ${textOf(alias)} after the plan was made; Lastgood leaves it`,
  };
}
