import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { ObservedDeployment } from '../../../src/targets/kind.ts';
import { eachOf } from '../../../src/aws/each.ts';
import { LATEST, versionsOf } from './configuration.ts';
import { deploymentId } from './deployment-id.ts';
import type { AliasesOf, NamedAlias } from './aliases.ts';
import { targetOf } from '../../../src/targets/kinds/lambda/target.ts';

/**
 * Reports the present configuration of the aliases of all opted-in functions, each as a completed deployment. This
 * holds for a canary too: only its first observation shows when it began. `deployed` lets it be proven only after its
 * end.
 * Unknown: alias-change-time.
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

/** Aliases have no tags: the tags of their function opt them in. */
function functionIn({ arn }: OptedIn): readonly string[] {
  return /^arn:[^:]+:lambda:[^:]*:\d+:function:([^:]+)$/.exec(arn)?.slice(1) ?? [];
}

/** `$LATEST` changes while the alias does not, so there is no revision to prove. */
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
