import type { Known } from '../../../src/rollback/course.ts';
import type { TemplateVersion } from './revision.ts';
import { canMove } from './image.ts';

/** Equal text: equal versions. Absent where the image depends on when it is launched. */
export function contentOf({
  fingerprint,
  image,
}: Pick<TemplateVersion, 'fingerprint' | 'image'>): Pick<Known, 'content'> {
  return canMove(image) ? {} : { content: fingerprint };
}

/** A revision with its content, where EC2 still knows that version. */
export function knownAs(id: string, versions: ReadonlyMap<string, TemplateVersion>): Known {
  const version = versions.get(id);
  return version === undefined ? { id } : { id, ...contentOf(version) };
}
