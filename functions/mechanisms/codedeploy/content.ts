import type { Known } from '../../../src/rollback/course.ts';
import { locationOf } from './revision-id.ts';

/**
 * Returns what makes two revisions equal. S3's ETag stands for the bytes of a bundle under any key; a version, a commit and
 * a version of a function never change. A key alone can be overwritten: equal keys count as equal, except right after each
 * other (recent.ts).
 */
export function contentOf(id: string): string {
  const eTag = locationOf(id)?.s3Location?.eTag;
  return eTag === undefined ? id : `etag:${eTag}`;
}

/** Whether a revision names a bundle by its key alone, so that other bytes may lie there tomorrow. */
export function canBeOverwritten(id: string): boolean {
  const s3 = locationOf(id)?.s3Location;
  return s3 !== undefined && s3.eTag === undefined && s3.version === undefined;
}

export function knownAs(id: string): Known {
  return { id, content: contentOf(id) };
}
