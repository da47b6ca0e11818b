import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { shownTraits } from '../../../src/rollback/traits.ts';
import { profileOf } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig } from './appconfig.ts';

interface Clients {
  readonly appconfig: Pick<AppConfig, 'profile' | 'versions'>;
}

/** Reads label, description and type of a version. Its content may hold secrets, and is not read. */
export function traitsWith({ appconfig }: Clients): NonNullable<Mechanism['traits']> {
  return async (target, { id }) => {
    const name = profileOf(target);
    const profile = await appconfig.profile(name);
    const versions = profile?.isHosted === true ? await appconfig.versions(name) : [];
    return versions.find(({ version }) => version === id)?.traits ?? shownTraits({ version: id });
  };
}
