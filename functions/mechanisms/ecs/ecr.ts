import { DescribeImagesCommand, type ECRClient } from '@aws-sdk/client-ecr';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Registry } from './images.ts';

/** Binds the reads of Amazon ECR to a client. */
export function createRegistry(client: ECRClient): Registry {
  return {
    find: async ({ account, repository, by }) => {
      const imageId = 'tag' in by ? { imageTag: by.tag } : { imageDigest: by.digest };
      const input = { registryId: account, repositoryName: repository, imageIds: [imageId] };
      try {
        const { imageDetails = [] } = await client.send(new DescribeImagesCommand(input));
        const [found] = imageDetails;
        if (found?.imageDigest === undefined) return null;
        return {
          digest: found.imageDigest,
          // An archived image must be restored before it can be pulled (API_ImageDetail, Amazon ECR).
          pullable: (found.imageStatus ?? 'ACTIVE') === 'ACTIVE',
          pushedAt: found.imagePushedAt?.toISOString() ?? null,
        };
      } catch (error) {
        if (isNamed(error, 'ImageNotFoundException', 'RepositoryNotFoundException')) return null;
        throw error;
      }
    },
  };
}
