import type {
  CreateRepositoryCommandInput,
  CreateRepositoryCommandOutput,
  DescribeRepositoriesCommandInput,
  DescribeRepositoriesCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Repository as RepositoryOutput,
} from '@aws-sdk/client-ecr';
import { ACCOUNT, arn } from '../aws.ts';
import { AwsError, type Access, type Operation } from '../service.ts';
import { repositoryAccess } from './access.ts';
import type { Repositories, Repository } from './repositories.ts';

type Answer<Output> = Omit<Output, '$metadata'>;

/** CreateRepository, DescribeRepositories, ListTagsForResource. */
export function repositoryOperations(repositories: Repositories): Readonly<Record<string, Operation>> {
  return {
    CreateRepository: {
      authorize: ({ repositoryName = '' }: CreateRepositoryCommandInput) => [
        repositoryAccess(repositories, 'CreateRepository', repositoryName),
      ],
      run: ({ repositoryName = '', tags = [] }: CreateRepositoryCommandInput) => {
        const pairs = tags.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]);
        const repository = repositories.create(repositoryName, Object.fromEntries(pairs));
        return {
          repository: describe(repository, repositories),
        } satisfies Answer<CreateRepositoryCommandOutput>;
      },
    },
    DescribeRepositories: {
      authorize: ({ repositoryNames = ['*'] }: DescribeRepositoriesCommandInput) =>
        repositoryNames.map((name) => repositoryAccess(repositories, 'DescribeRepositories', name)),
      run: ({ repositoryNames, registryId }: DescribeRepositoriesCommandInput) => {
        const chosen =
          repositoryNames?.map((name) => repositories.get(name, registryId)) ?? repositories.all();
        return {
          repositories: chosen.map((repository) => describe(repository, repositories)),
        } satisfies Answer<DescribeRepositoriesCommandOutput>;
      },
    },
    ListTagsForResource: {
      authorize: ({ resourceArn = '' }: ListTagsForResourceCommandInput): readonly Access[] => [
        repositoryAccess(repositories, 'ListTagsForResource', repositoryName(resourceArn)),
      ],
      run: ({ resourceArn = '' }: ListTagsForResourceCommandInput) => {
        const { tags } = repositories.get(repositoryName(resourceArn));
        return {
          tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        } satisfies Answer<ListTagsForResourceCommandOutput>;
      },
    },
  };
}

function repositoryName(resourceArn: string): string {
  const prefix = arn('ecr', 'repository/');
  if (resourceArn.startsWith(prefix)) return resourceArn.slice(prefix.length);
  const message = `Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'`;
  throw new AwsError('InvalidParameterException', message);
}

function describe(repository: Repository, repositories: Repositories): RepositoryOutput {
  return {
    repositoryArn: repository.arn,
    registryId: ACCOUNT,
    repositoryName: repository.name,
    repositoryUri: repositories.uri(repository.name),
    createdAt: repository.createdAt,
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  };
}
