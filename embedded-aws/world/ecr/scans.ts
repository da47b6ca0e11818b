import type {
  DescribeImageScanFindingsCommandInput,
  DescribeImageScanFindingsCommandOutput,
  UpdateImageStorageClassCommandInput,
  UpdateImageStorageClassCommandOutput,
} from '@aws-sdk/client-ecr';
import { ACCOUNT } from '../aws.ts';
import { AwsError, type Operation } from '../service.ts';
import { repositoryAccess } from './access.ts';
import type { Image, Repositories } from './repositories.ts';
import type { ImageReference } from './uri.ts';

interface OfImage {
  readonly registryId?: string | undefined;
  readonly repositoryName: string | undefined;
  readonly imageId:
    { readonly imageDigest?: string | undefined; readonly imageTag?: string | undefined } | undefined;
}

/** DescribeImageScanFindings and UpdateImageStorageClass. */
export function scanOperations(repositories: Repositories): Readonly<Record<string, Operation>> {
  const on =
    (action: string) =>
    ({ repositoryName = '' }: OfImage) => [repositoryAccess(repositories, action, repositoryName)];
  return {
    DescribeImageScanFindings: {
      authorize: on('DescribeImageScanFindings'),
      run: (input: DescribeImageScanFindingsCommandInput) => findings(repositories, input),
    },
    UpdateImageStorageClass: {
      authorize: on('UpdateImageStorageClass'),
      run: (input: UpdateImageStorageClassCommandInput) => store(repositories, input),
    },
  };
}

/**
 * Only the counts of a basic scan are modelled. An image that was never scanned has no findings to describe.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
function findings(
  repositories: Repositories,
  input: DescribeImageScanFindingsCommandInput,
): Omit<DescribeImageScanFindingsCommandOutput, '$metadata'> {
  const image = imageIn(repositories, input);
  if (image.scanned === undefined)
    throw new AwsError(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '{imageDigest:'${image.digest}'}' in the repository with name '${input.repositoryName ?? ''}' in the registry with id '${ACCOUNT}'`,
    );
  const { at, counts } = image.scanned;
  return {
    ...{ registryId: ACCOUNT, repositoryName: input.repositoryName },
    imageId: { imageDigest: image.digest },
    imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
    imageScanFindings: { imageScanCompletedAt: at, findingSeverityCounts: { ...counts }, findings: [] },
  };
}

/**
 * Archives or restores an image, at once: how long a restore takes is not modelled.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UpdateImageStorageClass.html
 */
function store(
  repositories: Repositories,
  input: UpdateImageStorageClassCommandInput,
): Omit<UpdateImageStorageClassCommandOutput, '$metadata'> {
  const image = imageIn(repositories, input);
  image.status = input.targetStorageClass === 'ARCHIVE' ? 'ARCHIVED' : 'ACTIVE';
  return {
    ...{ registryId: ACCOUNT, repositoryName: input.repositoryName },
    imageId: { imageDigest: image.digest },
    imageStatus: image.status,
  };
}

function imageIn(repositories: Repositories, { registryId, repositoryName = '', imageId }: OfImage): Image {
  const found = repositories.get(repositoryName, registryId).find(referenceOf(imageId));
  if (found !== undefined) return found;
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId ${JSON.stringify(imageId)} does not exist within the repository with name '${repositoryName}' in the registry with id '${ACCOUNT}'`,
  );
}

function referenceOf(imageId: OfImage['imageId']): ImageReference {
  const { imageDigest, imageTag } = imageId ?? {};
  if (imageDigest !== undefined) return { digest: imageDigest };
  return imageTag === undefined ? {} : { tag: imageTag };
}
