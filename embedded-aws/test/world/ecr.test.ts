import type * as sdk from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../world/clock.ts';
import { createEcr } from '../../world/ecr.ts';
import { Random } from '../../world/random.ts';
import { CRASHING, GOOD } from './ecs-world.ts';

interface Outputs {
  BatchDeleteImage: sdk.BatchDeleteImageCommandOutput;
  BatchGetImage: sdk.BatchGetImageCommandOutput;
  CreateRepository: sdk.CreateRepositoryCommandOutput;
  DescribeImages: sdk.DescribeImagesCommandOutput;
  DescribeRepositories: sdk.DescribeRepositoriesCommandOutput;
  ListImages: sdk.ListImagesCommandOutput;
  ListTagsForResource: sdk.ListTagsForResourceCommandOutput;
}

function registry() {
  const clock = new Clock('2026-11-22T10:00:00Z');
  const ecr = createEcr({ clock, random: (name) => new Random(1, name), emit: () => undefined });
  const call = <Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] =>
    ecr.operations[operation]!.run(input as never, { role: 'operator' }) as Outputs[Name];
  return { ecr, call };
}

describe('ECR', () => {
  it('resolves a pushed image by tag and by digest, and nothing else', () => {
    const { ecr } = registry();
    const { uri, digest } = ecr.push('web', 'v1', GOOD);
    expect(uri).toBe('111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:v1');
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(ecr.resolve(uri)).toEqual({ digest, behaviour: GOOD });
    expect(ecr.resolve(`${uri.replace(':v1', '')}@${digest}`)).toEqual({ digest, behaviour: GOOD });
    expect(ecr.resolve(uri.replace('v1', 'v2'))).toBeNull();
    expect(ecr.resolve('docker.io/library/web:v1')).toBeNull();
    expect(ecr.resolve('')).toBeNull();
  });

  it('moves a tag that is pushed again; the older image stays, without a tag', () => {
    const { ecr, call } = registry();
    const first = ecr.push('web', 'latest', GOOD);
    const second = ecr.push('web', 'latest', CRASHING);
    expect(second.digest).not.toBe(first.digest);
    expect(ecr.resolve(first.uri)?.digest).toBe(second.digest);
    const list = (tagStatus: string) =>
      call('ListImages', { repositoryName: 'web', filter: { tagStatus } }).imageIds;
    expect(list('UNTAGGED')).toEqual([{ imageDigest: first.digest }]);
    expect(list('TAGGED')).toEqual([{ imageDigest: second.digest, imageTag: 'latest' }]);
  });

  it('forgets an image deleted by digest, so that it cannot be pulled any more', () => {
    const { ecr, call } = registry();
    const { uri, digest } = ecr.push('web', 'v1', GOOD);
    const gone = { imageDigest: `sha256:${'0'.repeat(64)}` };
    const input = { repositoryName: 'web', imageIds: [{ imageDigest: digest }, gone] };
    const deleted = call('BatchDeleteImage', input);
    expect(deleted.imageIds).toEqual([{ imageDigest: digest }]);
    expect(deleted.failures?.map(({ failureCode }) => failureCode)).toEqual(['ImageNotFound']);
    expect(ecr.resolve(uri)).toBeNull();
    const got = call('BatchGetImage', {
      repositoryName: 'web',
      imageIds: [{ imageDigest: digest }],
    });
    expect(got.images).toEqual([]);
    expect(got.failures?.[0]?.failureCode).toBe('ImageNotFound');
  });

  it('deletes only the tag by tag, and the image with its last one', () => {
    const { ecr, call } = registry();
    const { uri, digest } = ecr.push('web', 'v1', GOOD);
    call('BatchDeleteImage', { repositoryName: 'web', imageIds: [{ imageTag: 'v1' }] });
    expect(ecr.resolve(uri)).toBeNull();
    expect(call('ListImages', { repositoryName: 'web' }).imageIds).toEqual([]);
    expect(() =>
      call('DescribeImages', { repositoryName: 'web', imageIds: [{ imageDigest: digest }] }),
    ).toThrow(expect.objectContaining({ code: 'ImageNotFoundException' }));
  });

  it('describes images and repositories, and refuses those that do not exist', () => {
    const { ecr, call } = registry();
    const { digest } = ecr.push('web', 'v1', GOOD);
    const { imageDetails } = call('DescribeImages', { repositoryName: 'web' });
    expect(imageDetails?.[0]).toMatchObject({
      imageDigest: digest,
      imageTags: ['v1'],
      repositoryName: 'web',
    });
    expect(imageDetails?.[0]?.imagePushedAt).toBeInstanceOf(Date);
    const { repositories } = call('DescribeRepositories', {});
    expect(repositories?.map(({ repositoryUri }) => repositoryUri)).toEqual([
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web',
    ]);
    const missing = expect.objectContaining({ code: 'RepositoryNotFoundException' }) as Error;
    expect(() => call('DescribeImages', { repositoryName: 'api' })).toThrow(missing);
    expect(() => call('DescribeRepositories', { repositoryNames: ['api'] })).toThrow(missing);
    const other = { registryId: '999999999999', repositoryName: 'web', repositoryNames: ['web'] };
    expect(() => call('DescribeImages', other)).toThrow(missing);
    expect(() => call('DescribeRepositories', other)).toThrow(missing);
    expect(() => call('CreateRepository', { repositoryName: 'web' })).toThrow(
      expect.objectContaining({ code: 'RepositoryAlreadyExistsException' }),
    );
  });

  it('checks IAM for the repository, with its tags', () => {
    const { ecr, call } = registry();
    call('CreateRepository', { repositoryName: 'team/web', tags: [{ Key: 'lastgood', Value: 'auto' }] });
    const resource = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/web';
    const access = ecr.operations['BatchGetImage']!.authorize({ repositoryName: 'team/web' } as never);
    expect(access).toEqual([{ action: 'ecr:BatchGetImage', resource, tags: { lastgood: 'auto' } }]);
    expect(call('ListTagsForResource', { resourceArn: resource }).tags).toEqual([
      { Key: 'lastgood', Value: 'auto' },
    ]);
  });
});
