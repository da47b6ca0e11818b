import type { Known } from '../../../src/rollback/course.ts';
import { locationOf } from './revision-id.ts';

/**
 * Returns equal text for equal revisions. An ETag identifies the bytes of a bundle under any key. An object's version,
 * a commit and a function's version never change. A key alone can be overwritten, which recent.ts considers.
 */
export function contentOf(id: string): string {
  const eTag = locationOf(id)?.s3Location?.eTag;
  return eTag === undefined ? id : `etag:${eTag}`;
}

/** Returns whether a revision names a bundle by its key alone, so that its bytes can change later. */
export function canBeOverwritten(id: string): boolean {
  const s3 = locationOf(id)?.s3Location;
  return s3 !== undefined && s3.eTag === undefined && s3.version === undefined;
}

export function knownAs(id: string): Known {
  return { id, content: contentOf(id) };
}
