import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import type { Shifts } from './shifts.ts';
import type { Standing } from './standing.ts';
import { targetOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/**
 * Why an alias is not ours to change, or null. The function's tag `lastgood:target` names another owner; or CodeDeploy is
 * shifting the alias, and would go on with that after ours. Only while two versions share is it asked: each question costs
 * calls, and what CodeDeploy has ended it leaves alone.
 * https://github.com/aws/serverless-application-model/issues/1527
 */
export async function ownedBy(
  { name, tags, standing }: { readonly name: AliasName; readonly tags: Tags; readonly standing: Standing },
  shifts: Shifts,
): Promise<string | null> {
  const target = targetOf(name);
  const owner = tags[TARGET_TAG];
  if (owner !== undefined && !owner.split(' ').includes(target))
    return `${target} is deployed by ${owner}, as the tag ${TARGET_TAG} of its function says: roll that back instead`;
  if (standing.state !== 'canary') return null;
  const shift = await shifts.of(name);
  return shift === null
    ? null
    : `${target} is being shifted by ${shift.target} (deployment ${shift.deployment}), which would go on after ours: roll that back instead, and name it in the alarm's tag ${TARGET_TAG}`;
}
