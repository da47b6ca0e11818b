import { createHash } from 'node:crypto';
import type { PutImageCommandInput, PutImageCommandOutput } from '@aws-sdk/client-ecr';
import type { Behaviour } from '../seams.ts';
import { AwsError } from '../service.ts';
import type { Repository } from './repositories.ts';
import { shown } from './shown.ts';

/** The behaviour of an image that a client puts. Tags of the task definition choose another (asked.ts). */
const SOUND: Behaviour = { startSeconds: 20, health: 'passes', errorRate: 0, latency: 0.05 };

/**
 * Puts a manifest: a new image, or another tag of one that the repository has. The digest is the SHA-256 of the
 * manifest. Its layers are not looked for, since none are modelled.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
 */
export function putImage(
  repository: Repository,
  { imageManifest = '', imageManifestMediaType, imageTag, imageDigest }: PutImageCommandInput,
): Omit<PutImageCommandOutput, '$metadata'> {
  const mediaType = imageManifestMediaType ?? mediaTypeIn(imageManifest);
  const known = repository.images().find(({ manifest }) => manifest === imageManifest);
  const digest = known?.digest ?? `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  if (imageDigest !== undefined && imageDigest !== digest)
    throw new AwsError(
      'ImageDigestDoesNotMatchException',
      `Supplied digest '${imageDigest}' does not match calculated digest '${digest}'`,
    );
  if (known !== undefined && (imageTag === undefined || known.tags.has(imageTag)))
    throw new AwsError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and tag '${imageTag ?? 'null'}' already exists in the repository with name '${repository.name}'`,
    );
  const image = repository.put({ digest, behaviour: SOUND, manifest: imageManifest, mediaType }, imageTag);
  return { image: shown(repository, image, imageTag) };
}

/** @throws AwsError InvalidParameterException for a manifest that is not JSON, or names no media type */
function mediaTypeIn(manifest: string): string {
  const mediaType = read(manifest)?.mediaType;
  if (typeof mediaType === 'string') return mediaType;
  throw new AwsError(
    'InvalidParameterException',
    "Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Invalid JSON syntax, or no mediaType'",
  );
}

function read(manifest: string): { readonly mediaType?: unknown } | null {
  try {
    return JSON.parse(manifest) as { readonly mediaType?: unknown } | null;
  } catch {
    return null;
  }
}
