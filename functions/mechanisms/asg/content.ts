import type { Known } from '../../../src/rollback/course.ts';
import type { TemplateVersion } from './revision.ts';
import { canMove } from './image.ts';

/** Returns equal text for equal versions; undefined if the image depends on the time of the launch. */
export function contentOf({
  fingerprint,
  image,
}: Pick<TemplateVersion, 'fingerprint' | 'image'>): Pick<Known, 'content'> {
  return canMove(image) ? {} : { content: fingerprint };
}

/** Returns a revision with its content, if EC2 still knows that version. */
export function knownAs(id: string, versions: ReadonlyMap<string, TemplateVersion>): Known {
  const version = versions.get(id);
  return version === undefined ? { id } : { id, ...contentOf(version) };
}
