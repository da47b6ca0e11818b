import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { isThere, isUnderWay } from './arrival.ts';
import { textOf, versionsOf } from './configuration.ts';
import type { Memo } from './memo.ts';
import type { Alias, Lambda } from './lambda.ts';
import { nameOf } from './revision.ts';
import { aliasOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Polls where the alias points, and whether that version can be invoked. */
export function settledWith({ lambda }: { readonly lambda: Lambda }): Mechanism<Memo>['settled'] {
  return async ({ request, plan, settled }) => {
    const name = aliasOf(request.target);
    const alias = await lambda.alias(name);
    if (alias === null) return gone('there is no such alias any more');
    // A version that could be invoked while the alias points at it stays so.
    if (isThere(alias, plan))
      return settled?.state === 'settled' ? arrived(name, plan) : invocable(lambda, name, plan);
    if (isUnderWay(alias, plan)) return moving(lambda, name, plan);
    if (alias.revisionId === plan.memo.revisionId)
      return {
        state: 'pending',
        summary: `Lambda still shows the alias ${name.alias} as it was, ${textOf(alias)}`,
      };
    return overtaken(name, alias, plan);
  };
}

function arrived({ alias }: AliasName, { to }: WithWay): Poll {
  return { state: 'settled', summary: `the alias ${alias} points at ${to.name} and at nothing else` };
}

async function invocable(lambda: Lambda, name: AliasName, plan: WithWay): Promise<Poll> {
  const { to } = plan;
  const version = await lambda.version(name.functionName, to.id);
  if (version === null) return { state: 'failed', reason: `${to.name} was deleted` };
  switch (version.state) {
    case 'Active':
      return arrived(name, plan);
    case 'Inactive':
    case 'Pending':
      return {
        state: 'pending',
        summary: `${to.name} is ${version.state}: Lambda is restoring its resources`,
      };
    default:
      return { state: 'failed', reason: `${to.name} is ${version.state}` };
  }
}

async function moving(lambda: Lambda, name: AliasName, { from, to }: WithWay): Promise<Poll> {
  if ((await lambda.provisioned(name)) === 'FAILED')
    return {
      state: 'failed',
      reason: `Lambda could not provision ${to.name}, and still serves ${from.name}`,
    };
  return {
    state: 'pending',
    summary: `Lambda serves ${from.name} until it has provisioned ${to.name}`,
  };
}

/** Names the version that is new here: beside the good version, a canary of the fix is the fix. */
function overtaken({ functionName }: AliasName, alias: Alias, { to }: WithWay): Poll {
  const newest = versionsOf(alias).find((version) => version !== to.id) ?? alias.version;
  return {
    state: 'overtaken',
    by: nameOf(functionName, newest),
    reason: `the alias was changed to ${textOf(alias)}, by a newer deployment or by one of CodeDeploy in flight`,
  };
}
