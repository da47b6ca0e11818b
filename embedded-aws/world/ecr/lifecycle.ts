import type {
  GetLifecyclePolicyCommandOutput,
  GetLifecyclePolicyPreviewCommandOutput,
  LifecyclePolicyPreviewResult,
  PutLifecyclePolicyCommandInput,
  PutLifecyclePolicyCommandOutput,
  StartLifecyclePolicyPreviewCommandInput,
  StartLifecyclePolicyPreviewCommandOutput,
} from '@aws-sdk/client-ecr';
import { ACCOUNT } from '../aws.ts';
import type { Clock } from '../clock.ts';
import { AwsError, type Operation } from '../service.ts';
import { repositoryAccess } from './access.ts';
import { expiredBy, readLifecyclePolicy } from './lifecycle-policy.ts';
import type { Repositories, Repository } from './repositories.ts';

interface OfRepository {
  readonly registryId?: string | undefined;
  readonly repositoryName: string | undefined;
}

type Answer<Output> = Omit<Output, '$metadata'>;

/** How long a preview takes. Unknown: preview-duration. */
const PREVIEW_MS = 2_000;

/**
 * Lifecycle policies and their previews. The policies themselves expire nothing here: a scenario deletes images.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function lifecycleOperations(
  repositories: Repositories,
  clock: Clock,
): Readonly<Record<string, Operation>> {
  const operation = <Input extends OfRepository>(
    action: string,
    answer: (repository: Repository, input: Input) => unknown,
  ) => ({
    authorize: ({ repositoryName = '' }: Input) => [repositoryAccess(repositories, action, repositoryName)],
    run: (input: Input) => answer(repositories.get(input.repositoryName ?? '', input.registryId), input),
  });
  return {
    PutLifecyclePolicy: operation('PutLifecyclePolicy', put),
    GetLifecyclePolicy: operation(
      'GetLifecyclePolicy',
      (repository) =>
        ({
          ...of(repository),
          lifecyclePolicyText: policyOf(repository),
        }) satisfies Answer<GetLifecyclePolicyCommandOutput>,
    ),
    StartLifecyclePolicyPreview: operation(
      'StartLifecyclePolicyPreview',
      (repository, input: StartLifecyclePolicyPreviewCommandInput) => start(repository, input, clock),
    ),
    GetLifecyclePolicyPreview: operation('GetLifecyclePolicyPreview', (repository) =>
      result(repository, clock),
    ),
  };
}

function of({ name }: Repository) {
  return { registryId: ACCOUNT, repositoryName: name };
}

/** @throws AwsError LifecyclePolicyNotFoundException */
function policyOf({ policy, name }: Repository): string {
  if (policy !== null) return policy;
  throw new AwsError(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${ACCOUNT}'`,
  );
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html */
function put(
  repository: Repository,
  { lifecyclePolicyText = '' }: PutLifecyclePolicyCommandInput,
): Answer<PutLifecyclePolicyCommandOutput> {
  readLifecyclePolicy(lifecyclePolicyText);
  repository.policy = lifecyclePolicyText;
  return { ...of(repository), lifecyclePolicyText };
}

/**
 * Starts a preview, one at a time for a repository. Without a text it is that of the present policy.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartLifecyclePolicyPreview.html
 */
function start(
  repository: Repository,
  { lifecyclePolicyText }: StartLifecyclePolicyPreviewCommandInput,
  clock: Clock,
): Answer<StartLifecyclePolicyPreviewCommandOutput> {
  const policy = lifecyclePolicyText ?? policyOf(repository);
  readLifecyclePolicy(policy);
  if (repository.preview !== null && clock.now() < repository.preview.completesAt)
    throw new AwsError(
      'LifecyclePolicyPreviewInProgressException',
      'The previous lifecycle policy preview request has not completed. Wait and try again.',
    );
  repository.preview = { policy, completesAt: clock.now() + PREVIEW_MS };
  return { ...of(repository), lifecyclePolicyText: policy, status: 'IN_PROGRESS' };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicyPreview.html */
function result(repository: Repository, clock: Clock): Answer<GetLifecyclePolicyPreviewCommandOutput> {
  const { preview, name } = repository;
  if (preview === null)
    throw new AwsError(
      'LifecyclePolicyPreviewNotFoundException',
      `Lifecycle policy preview does not exist for the repository with name '${name}' in the registry with id '${ACCOUNT}'`,
    );
  const about = { ...of(repository), lifecyclePolicyText: preview.policy };
  if (clock.now() < preview.completesAt) return { ...about, status: 'IN_PROGRESS' };
  const expired = expiredBy(readLifecyclePolicy(preview.policy), repository.images(), clock.now());
  const previewResults = expired.map(({ image, rule }): LifecyclePolicyPreviewResult => ({
    ...(image.tags.size > 0 && { imageTags: [...image.tags] }),
    imageDigest: image.digest,
    imagePushedAt: image.pushedAt,
    action: { type: 'EXPIRE' },
    appliedRulePriority: rule,
  }));
  const summary = { expiringImageTotalCount: previewResults.length };
  return { ...about, status: 'COMPLETE', previewResults, summary };
}
