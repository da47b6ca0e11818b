import {
  paginateGetLifecyclePolicyPreview,
  StartLifecyclePolicyPreviewCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr';
import { isNamed } from '../../../../src/aws/errors.ts';
import { Unavailable } from '../../../../src/rollback/errors.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { secondsBetween } from '../../../../src/rollback/time.ts';
import type { ImageReads, Repository } from './reads.ts';

/** The most images that one page holds (API_GetLifecyclePolicyPreview, Amazon ECR). */
const MAX_IMAGES_PER_PAGE = 100;

/** A preview that began so lately is as good as a new one. */
const FRESH_SECONDS = 600;

type Digests = ReadonlySet<string>;

/**
 * Makes the previews of lifecycle policies. A preview deletes nothing, and a repository has one at a time. It takes
 * seconds (unknown: preview-duration): until then the read is unavailable, and the machine comes back.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html
 */
export function createPreviews(client: ECRClient, now: () => Instant): ImageReads['expiring'] {
  /** When this container began the last preview of a repository, and what it showed. */
  const begun = new Map<string, { readonly at: Instant; readonly digests: Promise<Digests | null> }>();
  return async ({ account, repository }) => {
    const key = `${account}/${repository}`;
    const known = begun.get(key);
    const isFresh = known !== undefined && secondsBetween(known.at, now()) < FRESH_SECONDS;
    const before = isFresh ? await known.digests : null;
    if (before !== null) return before;
    const at = isFresh ? known.at : now();
    const input = { registryId: account, repositoryName: repository };
    const digests = (isFresh ? Promise.resolve(true) : began(client, input)).then((is) =>
      is ? resultOf(client, input) : new Set<string>(),
    );
    begun.set(key, { at, digests: digests.catch(() => null) });
    const found = await digests;
    if (found === null)
      throw new Unavailable(`the preview of the lifecycle policy of ${repository} has not completed`);
    return found;
  };
}

type Input = { readonly registryId: string; readonly repositoryName: Repository['repository'] };

/** Begins a preview, or finds one that runs. Returns false if the repository has no policy. */
async function began(client: ECRClient, input: Input): Promise<boolean> {
  try {
    await client.send(new StartLifecyclePolicyPreviewCommand(input));
    return true;
  } catch (error) {
    if (isNamed(error, 'LifecyclePolicyNotFoundException')) return false;
    if (isNamed(error, 'LifecyclePolicyPreviewInProgressException')) return true;
    throw error;
  }
}

/**
 * Returns the digests that the policy would expire or archive; null: the preview has not completed.
 * @throws Error if the preview failed or expired
 */
async function resultOf(client: ECRClient, input: Input): Promise<Digests | null> {
  const digests = new Set<string>();
  const pages = paginateGetLifecyclePolicyPreview({ client, pageSize: MAX_IMAGES_PER_PAGE }, input);
  for await (const { status, previewResults = [] } of pages) {
    if (status === 'IN_PROGRESS') return null;
    if (status !== 'COMPLETE')
      throw Object.assign(new Error(`the preview is ${String(status)}`), { name: 'PreviewFailed' });
    for (const { imageDigest, action } of previewResults)
      if (action?.type !== undefined && imageDigest !== undefined) digests.add(imageDigest);
  }
  return digests;
}
