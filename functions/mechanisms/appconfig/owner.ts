import type { Tags } from '../../../src/rollback/plan.ts';
import { targetOf, type ProfileName } from '../../../src/targets/kinds/appconfig/target.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import type { Deployment } from './appconfig.ts';

interface Owned {
  readonly name: ProfileName;
  readonly tags: Tags;
  readonly own: readonly Deployment[];
}

/**
 * Returns why another owner controls the profile, as an instruction to an operator. Null: none does. The tag of the
 * environment may name profiles of it, each of which is its own owner, whatever else the tag names.
 */
export function ownedBy({ name, tags, own }: Owned): string | null {
  const prefix = targetOf({ ...name, profile: '' });
  const target = targetOf(name);
  const named = (tags[TARGET_TAG] ?? '').split(' ').filter((one) => one !== '');
  const owners = named.filter((one) => !one.startsWith(prefix));
  if (owners.length > 0 && !named.includes(target))
    return `${owners.join(', ')} deploys ${target}, by the tag ${TARGET_TAG} of its environment: roll that back instead`;
  const [newest] = own;
  if (newest?.isManaged !== true) return null;
  return `an experiment of AppConfig made deployment ${newest.number}, the newest one: stop the experiment instead`;
}
