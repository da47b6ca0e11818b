/** A launch template and its version: a number, `$Latest` or `$Default`. */
export interface LaunchTemplateRef {
  readonly template: string;
  readonly version: string;
  /** The images that instance types have of their own, each once and sorted. Absent: they have the template's. */
  readonly images?: readonly string[];
}

const ID = /^(lt-[0-9a-f]{8,17})\/([1-9]\d*)(?:@(ami-[0-9a-f]+(?:\+ami-[0-9a-f]+)*))?$/;

/**
 * Parses the id of a revision; null if Lastgood did not create it. It is `lt-0a1b2c3d4e5f60718/7`, followed by
 * `@ami-0123456789abcdef0` where all instance types have an image of their own, and by `@ami-0123+ami-4567` where these
 * are several.
 */
export function launchTemplateRefOf(id: string): LaunchTemplateRef | null {
  const [, template, version, named] = ID.exec(id) ?? [];
  if (template === undefined || version === undefined) return null;
  if (named === undefined) return { template, version };
  const images = named.split('+');
  return imagesText(images) === named ? { template, version, images: imagesOnce(images) } : null;
}

/** Returns images each once and sorted. */
export function imagesOnce(images: readonly string[]): readonly string[] {
  return [...new Set(images)].toSorted();
}

/** Returns images as ids and names of revisions have them: `ami-0123+ami-4567`. */
export function imagesText(images: readonly string[]): string {
  return imagesOnce(images).join('+');
}
