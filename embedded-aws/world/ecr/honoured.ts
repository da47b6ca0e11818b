import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  BatchDeleteImage: 'registryId repositoryName imageIds',
  BatchGetImage: 'registryId repositoryName imageIds',
  CreateRepository: 'repositoryName tags',
  DescribeImages: 'registryId repositoryName imageIds',
  DescribeImageScanFindings: 'registryId repositoryName imageId nextToken maxResults',
  DescribeRepositories: 'registryId repositoryNames',
  GetLifecyclePolicy: 'registryId repositoryName',
  GetLifecyclePolicyPreview: 'registryId repositoryName nextToken maxResults',
  ListImages: 'registryId repositoryName filter',
  ListTagsForResource: 'resourceArn',
  PutImage: 'registryId repositoryName imageManifest imageManifestMediaType imageTag imageDigest',
  PutLifecyclePolicy: 'registryId repositoryName lifecyclePolicyText',
  StartLifecyclePolicyPreview: 'registryId repositoryName lifecyclePolicyText',
  UpdateImageStorageClass: 'registryId repositoryName imageId targetStorageClass',
});
