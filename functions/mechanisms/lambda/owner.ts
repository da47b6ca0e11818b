import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import type { Shifts } from './shifts.ts';
import type { Standing } from './standing.ts';
import { targetOf, type AliasName } from '../../../src/targets/kinds/lambda/target.ts';

interface Owned {
  readonly name: AliasName;
  readonly tags: Tags;
  readonly standing: Standing;
}

/** `deployment`: by which CodeDeploy shifts the alias. Absent: the tag names the owner. */
interface Owner {
  readonly target: string;
  readonly deployment?: string;
}

/** Returns why another owner controls the alias, as an instruction to an operator. Null: none does. */
export async function ownedBy(seen: Owned, shifts: Shifts): Promise<string | null> {
  const owner = await ownerOf(seen, shifts);
  if (owner === null) return null;
  const target = targetOf(seen.name);
  const { target: by, deployment } = owner;
  return deployment === undefined
    ? `${by} deploys ${target}, by the tag ${TARGET_TAG} of its function: roll that back instead`
    : `${by} is shifting ${target} (deployment ${deployment}) and would overwrite the rollback: roll that back instead, and name it in the alarm's tag ${TARGET_TAG}`;
}

/**
 * Returns the owner that controls the alias, or null. Either the function's tag `lastgood:target` names that owner,
 * or CodeDeploy is shifting the alias and would overwrite the rollback. CodeDeploy is asked only while two versions
 * share: each question costs calls, and a deployment that has ended writes nothing more.
 * https://github.com/aws/serverless-application-model/issues/1527
 */
export async function ownerOf({ name, tags, standing }: Owned, shifts: Shifts): Promise<Owner | null> {
  const owner = tags[TARGET_TAG];
  if (owner !== undefined && !owner.split(' ').includes(targetOf(name))) return { target: owner };
  return standing.state === 'canary' ? shifts.of(name) : null;
}
