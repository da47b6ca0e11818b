import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { shownTraits } from '../../../src/rollback/traits.ts';
import { profileOf } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig, Version } from './appconfig.ts';

interface Clients {
  readonly appconfig: Pick<AppConfig, 'profile' | 'versions'>;
}

/**
 * Reads label, description and type of a version. Its content may hold secrets, and is not read. Both sides of a plan are
 * asked for at once, and share the reads.
 */
export function traitsWith({ appconfig }: Clients): NonNullable<Mechanism['traits']> {
  const reading = new Map<string, Promise<readonly Version[]>>();
  const read = async (target: string): Promise<readonly Version[]> => {
    const name = profileOf(target);
    const profile = await appconfig.profile(name);
    return profile?.isHosted === true ? appconfig.versions(name) : [];
  };
  const versionsOf = (target: string): Promise<readonly Version[]> => {
    const before = reading.get(target);
    if (before !== undefined) return before;
    const now = read(target).finally(() => reading.delete(target));
    reading.set(target, now);
    return now;
  };
  return async (target, { id }) => {
    const versions = await versionsOf(target);
    return versions.find(({ version }) => version === id)?.traits ?? shownTraits({ version: id });
  };
}
