import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';

/**
 * Why an alias is not ours to change, or null. An alias does not show that CodeDeploy shifts it, and CodeDeploy cannot
 * be asked which deployment group does: the function's tag `lastgood:target` says so. Where nobody said so, the alias is
 * seen to change while we go back, and that change is let through like any other newer deployment.
 */
export function ownedBy(tags: Tags, target: string): string | null {
  const owner = tags[TARGET_TAG];
  if (owner === undefined || owner.split(' ').includes(target)) return null;
  return `${target} is deployed by ${owner}, as the tag ${TARGET_TAG} of its function says: roll that back instead`;
}
