import type { Surroundings } from './aws.ts';
import { imageOperations } from './ecr/image-operations.ts';
import { lifecycleOperations } from './ecr/lifecycle.ts';
import { Repositories } from './ecr/repositories.ts';
import { repositoryOperations } from './ecr/repository-operations.ts';
import { scanOperations } from './ecr/scans.ts';
import { parseImageUri } from './ecr/uri.ts';
import type { Behaviour, Images } from './seams.ts';
import { limited, type AwsService } from './service.ts';
import { bucketOf } from './ecr/buckets.ts';
import { HONOURED } from './ecr/honoured.ts';

export interface Ecr extends AwsService, Images {
  /**
   * Pushes an image and moves the tag to it; creates the repository if it is missing. Stands in for `docker push`,
   * which is not modelled. Equal behaviours get different digests: every push is another image.
   */
  push(
    repository: string,
    tag: string,
    behaviour: Behaviour,
  ): { readonly uri: string; readonly digest: string };
  /**
   * Scans an image, and finds so many vulnerabilities of each severity. Stands in for the scanner of Amazon ECR, which is
   * not modelled.
   */
  scan(repository: string, digest: string, counts: Readonly<Record<string, number>>): void;
  /** Gives a public registry an image, such as `public.ecr.aws/nginx/nginx:stable`. There is none otherwise. */
  publish(uri: string, behaviour: Behaviour): void;
}

/** Simulates Amazon ECR: images, with their tags and digests. */
export function createEcr(surroundings: Surroundings): Ecr {
  const repositories = new Repositories(surroundings);
  const published = new Map<string, { readonly digest: string; readonly behaviour: Behaviour }>();
  return {
    signingName: 'ecr',
    honoured: HONOURED,
    operations: limited(
      {
        ...repositoryOperations(repositories),
        ...imageOperations(repositories),
        ...lifecycleOperations(repositories, surroundings.clock),
        ...scanOperations(repositories),
      },
      bucketOf,
    ),
    push(repository, tag, behaviour) {
      const digest = repositories.ensure(repository).push(tag, behaviour);
      return { uri: `${repositories.uri(repository)}:${tag}`, digest };
    },
    scan(repository, digest, counts) {
      const image = repositories.get(repository).find({ digest });
      if (image !== undefined) image.scanned = { at: new Date(surroundings.clock.now()), counts };
    },
    publish(uri, behaviour) {
      const digest = `sha256:${surroundings.random(`ecr/public/${uri}`).hex(64)}`;
      published.set(uri, { digest, behaviour });
      published.set(`${uri.replace(/:[^:/]*$/, '')}@${digest}`, { digest, behaviour });
    },
    resolve(uri) {
      const known = published.get(uri);
      if (known !== undefined) return known;
      const reference = parseImageUri(uri);
      const image = reference && repositories.find(reference.repository)?.find(reference);
      return image?.status === 'ACTIVE' ? { digest: image.digest, behaviour: image.behaviour } : null;
    },
  };
}
