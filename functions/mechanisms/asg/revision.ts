import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { fingerprintOf } from './fingerprint.ts';
import {
  imagesText,
  launchTemplateRefOf,
  type LaunchTemplateRef,
} from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Instance } from './autoscaling.ts';

/** One version of a launch template, with the images that instance types of a group have of their own. */
export interface TemplateVersion {
  readonly id: string;
  readonly name: string;
  /** Its number, even if the group names `$Latest` or `$Default`. */
  readonly version: string;
  /** `ami-…`, or `resolve:ssm:…` if a parameter names the image. The first of the images of instance types. */
  readonly image: string;
  /** The images that instance types have of their own, sorted; empty: the version names the image. */
  readonly images: readonly string[];
  readonly createdAt: Instant | null;
  /** Equal for versions with equal configuration. An image from a parameter counts by the parameter. */
  readonly fingerprint: string;
  /** Likewise, without the image. */
  readonly settings: string;
  readonly traits: Traits;
}

/**
 * Returns the id of a revision: `lt-0a1b2c3d4e5f60718/7`, or `lt-0a1b2c3d4e5f60718/7@ami-0123456789abcdef0`. Versions of
 * a launch template never change, nor do images, so neither does it.
 */
export function idOf({ template, version, images = [] }: LaunchTemplateRef): string {
  return `${template}/${version}${suffixOf(images)}`;
}

function suffixOf(images: readonly string[]): string {
  return images.length === 0 ? '' : `@${imagesText(images)}`;
}

/** Returns a version whose instances boot from images of their types. The image of the template then plays no part. */
export function withImages(version: TemplateVersion, images: readonly string[] = []): TemplateVersion {
  const [first] = images;
  if (first === undefined) return version;
  return {
    ...version,
    image: first,
    images,
    fingerprint: fingerprintOf([version.settings, images]),
    traits: { ...version.traits, ...shownTraits({ AMI: images.join(', ') }) },
  };
}

/**
 * Returns whether what an instance runs is part of a revision. An instance has one image, where a revision may have one
 * for each instance type.
 */
export function isOf(running: string | null, revision: string): boolean {
  if (running === revision) return true;
  const [one, other] = [launchTemplateRefOf(running ?? ''), launchTemplateRefOf(revision)];
  if (one?.template !== other?.template || one?.version !== other?.version) return false;
  const { images: own = [] } = one ?? {};
  return own.length > 0 && own.every((image) => other?.images?.includes(image));
}

/** Returns instances with the first of the known revisions of which they are, or else with what they run. */
export function placed<One extends Pick<Instance, 'revision'>>(
  instances: readonly One[],
  known: readonly string[],
): readonly One[] {
  return instances.map((one) => ({
    ...one,
    revision: known.find((id) => isOf(one.revision, id)) ?? one.revision,
  }));
}

export function isNumbered({ version }: LaunchTemplateRef): boolean {
  return /^[1-9]\d*$/.test(version);
}

export function revisionOf({ id, name, version, images }: TemplateVersion): Revision {
  return { id: idOf({ template: id, version, images }), name: `${name}:${version}${suffixOf(images)}` };
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
