import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import type { Shifts } from './shifts.ts';
import type { Standing } from './standing.ts';
import { targetOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/**
 * Returns why another owner controls the alias, or null. Either the function's tag `lastgood:target` names that owner,
 * or CodeDeploy is shifting the alias and would overwrite the rollback. CodeDeploy is asked only while two versions
 * share: each question costs calls, and a deployment that has ended writes nothing more.
 * https://github.com/aws/serverless-application-model/issues/1527
 */
export async function ownedBy(
  { name, tags, standing }: { readonly name: AliasName; readonly tags: Tags; readonly standing: Standing },
  shifts: Shifts,
): Promise<string | null> {
  const target = targetOf(name);
  const owner = tags[TARGET_TAG];
  if (owner !== undefined && !owner.split(' ').includes(target))
    return `${owner} deploys ${target}, by the tag ${TARGET_TAG} of its function: roll that back instead`;
  if (standing.state !== 'canary') return null;
  const shift = await shifts.of(name);
  return shift === null
    ? null
    : `${shift.target} is shifting ${target} (deployment ${shift.deployment}) and would overwrite the rollback: roll that back instead, and name it in the alarm's tag ${TARGET_TAG}`;
}
