import { ACCOUNT, REGION } from '../aws.ts';

/** The host name of the account's private registry. */
export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;

/** A reference to an image of a repository: either a tag or a digest. */
export interface ImageReference {
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Parses an image URI of the account's registry; the default tag is `latest`. Returns null for any other registry: only
 * the account's images exist here.
 */
export function parseImageUri(uri: string): (ImageReference & { readonly repository: string }) | null {
  const prefix = `${REGISTRY}/`;
  if (!uri.startsWith(prefix)) return null;
  const name = uri.slice(prefix.length);
  const [untagged = '', digest] = name.split('@');
  const [repository = '', tag = 'latest'] = untagged.split(':');
  if (repository === '') return null;
  return digest === undefined ? { repository, tag } : { repository, digest };
}
