import { ACCOUNT, REGION } from '../aws.ts';

/** The host name of the account's private registry. */
export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;

/** Which image of a repository is meant: one of a tag and a digest. */
export interface ImageReference {
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Takes an image URI of our registry apart; `latest` where neither a tag nor a digest is given. Null for any other
 * registry: only the account's own images exist here.
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
