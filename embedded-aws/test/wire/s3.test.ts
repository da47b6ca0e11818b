import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../wire/iam.ts';
import { startWire, type Wire } from '../../wire/wire.ts';
import { createWorld } from '../../world/world.ts';

const BUNDLE = { startSeconds: 1, health: 'passes', errorRate: 0, latency: 0 } as const;
const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
const LISTS: PolicyDocument = {
  Statement: { Effect: 'Allow', Action: 's3:ListBucketVersions', Resource: ['arn:aws:s3:::kept'] },
};
let wire: Wire;

beforeAll(async () => {
  const { clock, s3, bundles } = world;
  const policies = (role: string) => (role === 'lists' ? [LISTS] : []);
  wire = await startWire({ services: [s3], policies, clock, random: world.random('wire') });
  bundles.put('plain', 'shop/v1.zip', BUNDLE);
  bundles.put('plain', 'shop/v1.zip', BUNDLE);
  bundles.put('plain', 'shop/v1.zip.sig', BUNDLE);
  bundles.put('plain', 'shop/v é&1.zip', BUNDLE);
  bundles.keepVersions('kept');
  bundles.put('kept', 'v1.zip', BUNDLE);
  bundles.put('kept', 'v1.zip', BUNDLE);
  bundles.remove('kept', 'v1.zip');
});
afterAll(() => wire.close());

function s3(role: string): S3Client {
  const { endpoint } = wire;
  return new S3Client({ endpoint, region: 'eu-west-1', credentials: wire.credentials(role), maxAttempts: 1 });
}

describe('Amazon S3', () => {
  it('lists versions newest first, with delete markers, to the SDK', async () => {
    const { Versions, DeleteMarkers, IsTruncated } = await s3('operator').send(
      new ListObjectVersionsCommand({ Bucket: 'kept', Prefix: 'v1' }),
    );
    const [newest, oldest] = world.bundles.of('kept', 'v1.zip').slice(1);
    expect(Versions?.map(({ ETag, IsLatest }) => [ETag, IsLatest])).toEqual([
      [`"${newest!.eTag}"`, false],
      [`"${oldest!.eTag}"`, false],
    ]);
    expect(DeleteMarkers).toMatchObject([{ Key: 'v1.zip', IsLatest: true }]);
    expect(IsTruncated).toBe(false);
  });

  it('has buckets without versions, in which a replaced object is lost', async () => {
    const input = { Bucket: 'plain', Prefix: 'shop/v1.zip', MaxKeys: 1 };
    const { Versions, IsTruncated } = await s3('operator').send(new ListObjectVersionsCommand(input));
    expect(Versions).toMatchObject([{ Key: 'shop/v1.zip', VersionId: 'null', IsLatest: true }]);
    expect(IsTruncated).toBe(true);
  });

  it('writes keys as in a URL when requested', async () => {
    const input = { Bucket: 'plain', Prefix: 'shop/v é', EncodingType: 'url' } as const;
    const { Versions, Prefix } = await s3('operator').send(new ListObjectVersionsCommand(input));
    expect(Versions).toMatchObject([{ Key: 'shop%2Fv%20%C3%A9%261.zip' }]);
    expect(Prefix).toBe('shop%2Fv%20%C3%A9');
  });

  it('reports an unknown bucket', async () => {
    const asked = s3('operator').send(new ListObjectVersionsCommand({ Bucket: 'nowhere' }));
    await expect(asked).rejects.toMatchObject({ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } });
  });

  it('refuses who may not list, and only that bucket', async () => {
    const asked = s3('lists').send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
    await expect(asked).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const kept = await s3('lists').send(new ListObjectVersionsCommand({ Bucket: 'kept', MaxKeys: 1 }));
    expect(kept.DeleteMarkers).toMatchObject([{ Key: 'v1.zip' }]);
  });
});
