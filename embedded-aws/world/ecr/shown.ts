import type { Image as ImageOutput } from '@aws-sdk/client-ecr';
import { ACCOUNT } from '../aws.ts';
import type { Image, Repository } from './repositories.ts';

/** Returns an image with its manifest, under the tag that was asked for. */
export function shown(repository: Repository, image: Image, imageTag: string | undefined): ImageOutput {
  return {
    registryId: ACCOUNT,
    repositoryName: repository.name,
    imageId: { imageDigest: image.digest, ...(imageTag !== undefined && { imageTag }) },
    imageManifest: image.manifest,
    imageManifestMediaType: image.mediaType,
  };
}
