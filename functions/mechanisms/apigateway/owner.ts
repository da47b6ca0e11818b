import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import { targetOf, type StageName } from '../../../src/targets/kinds/apigateway/target.ts';

/** Returns the owner that the tag of a stage names, where it is another target; null: none. */
export function ownerOf(name: StageName, tags: Tags): string | null {
  const owners = (tags[TARGET_TAG] ?? '').split(' ').filter((one) => one !== '');
  return owners.length === 0 || owners.includes(targetOf(name)) ? null : owners.join(' ');
}

/** Returns why another owner controls the stage, as an instruction to an operator. Null: none does. */
export function ownedBy(name: StageName, tags: Tags): string | null {
  const owner = ownerOf(name, tags);
  return owner === null
    ? null
    : `${owner} deploys ${targetOf(name)}, by the tag ${TARGET_TAG} of its stage: roll that back instead`;
}
