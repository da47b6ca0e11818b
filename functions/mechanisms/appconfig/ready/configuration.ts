import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { APPCONFIG } from '../../../../src/readiness/ids/appconfig.ts';
import type { Returning } from '../../../../src/readiness/returning.ts';
import type { Version } from '../appconfig.ts';
import { revisionOf } from '../revision.ts';

const find = findIn(APPCONFIG);

/** Looks at the versions that a way back deploys. */
export function ofConfigurations(
  profileName: string,
  returning: readonly Returning[],
  versions: readonly Pick<Version, 'version'>[],
): readonly Finding[] {
  return returning
    .filter(({ id }) => !versions.some(({ version }) => version === id))
    .map(({ id, as, defect }) =>
      find(
        'configuration-gone',
        `Version ${revisionOf(profileName, id).name}, ${as}, was deleted from AppConfig's store.`,
        'Let the tool that deletes old versions keep the last three that were deployed.',
        defect,
      ),
    );
}
