import { launchTemplateRefOf } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Ec2 } from './ec2.ts';
import type { TemplateVersion } from './revision.ts';

/** Limits what a warm function keeps. */
const MAX_KEPT = 500;

/** Versions of launch templates that plans read. */
export interface KnownVersions {
  /** Keeps versions by the ids of their revisions. */
  keep(versions: ReadonlyMap<string, TemplateVersion>): void;
  /** Returns a version by the id of its revision. Asks EC2 only for one that no plan read. Null: there is none. */
  version(id: string): Promise<TemplateVersion | null>;
}

/**
 * Keeps the versions that plans read, so that a comparison of two reads none again. AWS never changes a version.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html
 */
export function createKnownVersions(ec2: Pick<Ec2, 'version'>): KnownVersions {
  const known = new Map<string, TemplateVersion>();
  return {
    keep: (versions) => {
      if (known.size + versions.size > MAX_KEPT) known.clear();
      for (const [id, version] of versions) known.set(id, version);
    },
    version: async (id) => {
      const choice = launchTemplateRefOf(id);
      return choice === null ? null : (known.get(id) ?? ec2.version(choice));
    },
  };
}
