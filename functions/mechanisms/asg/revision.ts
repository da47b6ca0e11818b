import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Traits } from '../../../src/rollback/traits.ts';
import type { LaunchTemplateRef } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Instance } from './autoscaling.ts';

/** One version of a launch template. */
export interface TemplateVersion {
  readonly id: string;
  readonly name: string;
  /** Its number, even if the group names `$Latest` or `$Default`. */
  readonly version: string;
  /** `ami-…`, or `resolve:ssm:…` if a parameter names the image. */
  readonly image: string;
  readonly createdAt: Instant | null;
  /** Equal for versions with equal configuration. An image from a parameter counts by the parameter. */
  readonly fingerprint: string;
  readonly traits: Traits;
}

/**
 * Returns the id of a revision: `lt-0a1b2c3d4e5f60718/7`. Versions of a launch template never change, so neither does
 * it.
 */
export function idOf({ template, version }: LaunchTemplateRef): string {
  return `${template}/${version}`;
}

export function isNumbered({ version }: LaunchTemplateRef): boolean {
  return /^[1-9]\d*$/.test(version);
}

export function revisionOf({ id, name, version }: TemplateVersion): Revision {
  return { id: idOf({ template: id, version }), name: `${name}:${version}` };
}

/** Returns a revision; if EC2 no longer knows it, its id is its name. */
export function namedRevision(id: string, versions: ReadonlyMap<string, TemplateVersion>): Revision {
  const known = versions.get(id);
  return known === undefined ? { id, name: id } : revisionOf(known);
}

/** Returns the ids of what instances run, the most common first. */
export function mostCommonFirst(instances: readonly Pick<Instance, 'revision'>[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { revision } of instances)
    if (revision !== null) counts.set(revision, (counts.get(revision) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([revision]) => revision);
}
