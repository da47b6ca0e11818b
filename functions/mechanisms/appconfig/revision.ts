import type { Revision } from '../../../src/rollback/plan.ts';
import type { Deployment } from './appconfig.ts';

/** Returns a configuration version: `flags:4`. A version never changes, so its id is its content. */
export function revisionOf(profileName: string, version: string): Revision {
  return { id: version, name: `${profileName}:${version}` };
}

export function revisionIn({ profileName, version }: Pick<Deployment, 'profileName' | 'version'>): Revision {
  return revisionOf(profileName, version);
}
