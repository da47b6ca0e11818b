import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  BatchDeleteImage: 'registryId repositoryName imageIds',
  BatchGetImage: 'registryId repositoryName imageIds',
  CreateRepository: 'repositoryName tags',
  DescribeImages: 'registryId repositoryName imageIds',
  DescribeRepositories: 'registryId repositoryNames',
  ListImages: 'registryId repositoryName filter',
  ListTagsForResource: 'resourceArn',
});
