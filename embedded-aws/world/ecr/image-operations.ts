import type {
  BatchDeleteImageCommandInput,
  BatchDeleteImageCommandOutput,
  BatchGetImageCommandInput,
  BatchGetImageCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  Image as ImageOutput,
  ImageDetail,
  ImageFailure,
  ImageIdentifier,
  ListImagesCommandInput,
  ListImagesCommandOutput,
} from '@aws-sdk/client-ecr';
import { ACCOUNT } from '../aws.ts';
import { AwsError, type Operation } from '../service.ts';
import { repositoryAccess } from './access.ts';
import { putImage } from './put-image.ts';
import { shown } from './shown.ts';
import type { Image, Repositories, Repository } from './repositories.ts';
import type { ImageReference } from './uri.ts';

type Answer<Output> = Omit<Output, '$metadata'>;
interface InRepository {
  readonly registryId?: string | undefined;
  readonly repositoryName?: string | undefined;
}

/** DescribeImages, BatchGetImage, ListImages, BatchDeleteImage, PutImage. */
export function imageOperations(repositories: Repositories): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ repositoryName = '' }: InRepository) => [repositoryAccess(repositories, action, repositoryName)];
  const inRepository =
    <Input extends InRepository, Output>(answer: (repository: Repository, input: Input) => Output) =>
    (input: Input) =>
      answer(repositories.get(input.repositoryName ?? '', input.registryId), input);

  return {
    DescribeImages: { authorize: authorize('DescribeImages'), run: inRepository(describeImages) },
    BatchGetImage: { authorize: authorize('BatchGetImage'), run: inRepository(batchGetImage) },
    ListImages: { authorize: authorize('ListImages'), run: inRepository(listImages) },
    PutImage: { authorize: authorize('PutImage'), run: inRepository(putImage) },
    BatchDeleteImage: { authorize: authorize('BatchDeleteImage'), run: inRepository(batchDeleteImage) },
  };
}

/**
 * Describes images. One missing image fails the whole call, unlike BatchGetImage.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
function describeImages(
  repository: Repository,
  { imageIds }: DescribeImagesCommandInput,
): Answer<DescribeImagesCommandOutput> {
  const chosen =
    imageIds?.map((id) => repository.find(reference(id)) ?? notFound(repository, id)) ?? repository.images();
  return { imageDetails: chosen.map((image) => detail(repository, image)) };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
function batchGetImage(
  repository: Repository,
  { imageIds = [] }: BatchGetImageCommandInput,
): Answer<BatchGetImageCommandOutput> {
  const images: ImageOutput[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of imageIds) {
    const image = repository.find(reference(imageId));
    if (image) images.push(shown(repository, image, imageId.imageTag));
    else failures.push(failure(imageId));
  }
  return { images, failures };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html */
function listImages(
  repository: Repository,
  { filter }: ListImagesCommandInput,
): Answer<ListImagesCommandOutput> {
  const ids = repository.images().flatMap(identifiers);
  const wanted = filter?.tagStatus;
  if (wanted === 'TAGGED') return { imageIds: ids.filter(({ imageTag }) => imageTag !== undefined) };
  if (wanted === 'UNTAGGED') return { imageIds: ids.filter(({ imageTag }) => imageTag === undefined) };
  return { imageIds: ids };
}

function batchDeleteImage(
  repository: Repository,
  { imageIds = [] }: BatchDeleteImageCommandInput,
): Answer<BatchDeleteImageCommandOutput> {
  const deleted: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of imageIds) {
    const image = repository.remove(reference(imageId));
    if (image) deleted.push({ ...imageId, imageDigest: image.digest });
    else failures.push(failure(imageId));
  }
  return { imageIds: deleted, failures };
}

function reference({ imageDigest, imageTag }: ImageIdentifier): ImageReference {
  if (imageDigest !== undefined) return { digest: imageDigest };
  return imageTag === undefined ? {} : { tag: imageTag };
}

function identifiers({ digest, tags }: Image): readonly ImageIdentifier[] {
  if (tags.size === 0) return [{ imageDigest: digest }];
  return [...tags].map((imageTag) => ({ imageDigest: digest, imageTag }));
}

function detail(repository: Repository, image: Image): ImageDetail {
  return {
    registryId: ACCOUNT,
    repositoryName: repository.name,
    imageDigest: image.digest,
    ...(image.tags.size > 0 && { imageTags: [...image.tags] }),
    imageSizeInBytes: image.bytes,
    imagePushedAt: image.pushedAt,
    imageManifestMediaType: image.mediaType,
    imageStatus: image.status,
  };
}

function failure(imageId: ImageIdentifier): ImageFailure {
  if (imageId.imageDigest === undefined && imageId.imageTag === undefined) {
    const failureReason = 'Invalid request parameters: both tag and digest cannot be null';
    return { imageId, failureCode: 'MissingDigestAndTag', failureReason };
  }
  return { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' };
}

function notFound(repository: Repository, { imageDigest, imageTag }: ImageIdentifier): never {
  const id = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
  const message = `The image with imageId ${id} does not exist within the repository with name '${repository.name}' in the registry with id '${ACCOUNT}'`;
  throw new AwsError('ImageNotFoundException', message);
}
