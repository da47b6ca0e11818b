import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { ObservedDeployment } from '../../../src/targets/kind.ts';
import { eachOf } from '../../../src/aws/each.ts';
import { LATEST, versionsOf } from './configuration.ts';
import { deploymentId } from './deployment-id.ts';
import type { AliasesOf, NamedAlias } from './aliases.ts';
import { targetOf } from '../../../src/targets/kinds/lambda/target.ts';

/**
 * How the aliases of all opted-in functions are now. Each is reported as completed, a canary too: the first observation of it
 * is all that ever says when it began, and `deployed` does not let it be proven before it has come to its end.
 */
export async function recentDeployments(
  aliasesOf: AliasesOf,
  optedIn: readonly OptedIn[],
  now: Instant,
): Promise<readonly ObservedDeployment[]> {
  const found: ObservedDeployment[] = [];
  await eachOf(optedIn.flatMap(functionIn), async (functionName) => {
    const aliases = (await aliasesOf(functionName)).filter(isVersioned);
    found.push(...aliases.map((alias) => observedOf(functionName, alias, now)));
  });
  return found;
}

/** Aliases have no tags: their function's opt them in. */
function functionIn({ arn }: OptedIn): readonly string[] {
  return /^arn:[^:]+:lambda:[^:]*:\d+:function:([^:]+)$/.exec(arn)?.slice(1) ?? [];
}

/** What `$LATEST` is changes without the alias changing: there is nothing to prove. */
function isVersioned(alias: NamedAlias): boolean {
  return !versionsOf(alias).includes(LATEST);
}

function observedOf(functionName: string, alias: NamedAlias, at: Instant): ObservedDeployment {
  return {
    target: targetOf({ functionName, alias: alias.name }),
    deployment: deploymentId(alias),
    state: 'completed',
    at,
    reason: '',
  };
}
