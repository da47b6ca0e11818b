import { expect, it } from 'vitest';
import { CloudFormationWorld } from './cloudformation-world.ts';

const action = (Name: string, Category: string, Provider: string, Configuration: object) => ({
  ...{ Name, Configuration },
  ActionTypeId: { Category, Owner: 'AWS', Provider, Version: '1' },
});

const PIPELINE = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: {
      ...{ PipelineType: 'V2', RoleArn: 'arn:aws:iam::111122223333:role/pipeline' },
      ArtifactStore: { Type: 'S3', Location: { Ref: 'Bucket' } },
      Stages: [
        {
          Name: 'Source',
          Actions: [action('Object', 'Source', 'S3', { S3Bucket: { Ref: 'Bucket' }, S3ObjectKey: 'a.zip' })],
        },
        { Name: 'Deploy', Actions: [action('Function', 'Deploy', 'Lambda', { FunctionName: 'checkout' })] },
      ],
      Tags: [{ Key: 'lastgood', Value: 'auto' }],
    },
  },
};

it('creates a pipeline with its bucket, which must be empty to be deleted', async () => {
  const cloud = new CloudFormationWorld();
  const { codepipeline, s3 } = cloud.world;
  cloud.create(PIPELINE);
  expect((await cloud.rest()).StackStatus).toBe('CREATE_COMPLETE');
  expect(codepipeline.tagged()).toMatchObject([{ tags: { lastgood: 'auto' } }]);
  const [bucket = ''] = s3.objects.buckets();
  expect(bucket).toMatch(/^shop-bucket-[0-9a-f]{12}$/);

  const put = (text: string) =>
    s3.objects.put(bucket, 'a.zip', { body: new TextEncoder().encode(text), contentType: 'x' });
  const ids = [put('one'), put('two')].map(({ versionId }) => versionId);
  expect(new Set(ids).size).toBe(2);
  cloud.call('DeleteStack', { StackName: 'shop' });
  expect((await cloud.rest()).StackStatus).toBe('DELETE_FAILED');
  expect(codepipeline.tagged()).toEqual([]);
  expect(cloud.reasons().join('\n')).toContain('BucketNotEmpty');

  for (const id of ids) s3.objects.remove(bucket, 'a.zip', id);
  cloud.call('DeleteStack', { StackName: 'shop' });
  await cloud.world.clock.run(() => s3.objects.buckets().length === 0, cloud.world.clock.now() + 60_000);
  expect(s3.objects.buckets()).toEqual([]);
});
