import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../wire/iam.ts';
import { startWire, type Wire } from '../../wire/wire.ts';
import { createWorld } from '../../world/world.ts';

const BUNDLE = { startSeconds: 1, health: 'passes', errorRate: 0, latency: 0 } as const;
const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
const LISTS: PolicyDocument = {
  Statement: { Effect: 'Allow', Action: 's3:ListBucketVersions', Resource: ['arn:aws:s3:::kept'] },
};
const READS: PolicyDocument = {
  Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::pages/*'] },
};
let wire: Wire;

beforeAll(async () => {
  const { clock, s3, bundles } = world;
  const policies = (role: string) => (role === 'lists' ? [LISTS] : role === 'reads' ? [READS] : []);
  s3.objects.createBucket('pages');
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

describe('an object of Amazon S3', () => {
  const put = (Key: string, Body: string) =>
    new S3Client({
      endpoint: wire.endpoint,
      region: 'eu-west-1',
      credentials: wire.credentials('operator'),
      requestChecksumCalculation: 'WHEN_REQUIRED',
    }).send(new PutObjectCommand({ Bucket: 'pages', Key, Body, ContentType: 'text/html' }));

  it('is returned as it was put, with its type', async () => {
    await put('a/b.html', '<p>é</p>');
    const found = await s3('reads').send(new GetObjectCommand({ Bucket: 'pages', Key: 'a/b.html' }));
    expect([await found.Body?.transformToString(), found.ContentType, found.ContentLength]).toEqual([
      '<p>é</p>',
      'text/html',
      9,
    ]);
    const head = await s3('reads').send(new HeadObjectCommand({ Bucket: 'pages', Key: 'a/b.html' }));
    expect([head.ETag, head.ContentLength]).toEqual([found.ETag, 9]);
  });

  it('that is not there is not found, or denied without the permission to list', async () => {
    const asked = (role: string) => s3(role).send(new GetObjectCommand({ Bucket: 'pages', Key: 'none' }));
    await expect(asked('operator')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(asked('reads')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuses what is not modelled', async () => {
    const asked = s3('operator').send(
      new GetObjectCommand({ Bucket: 'pages', Key: 'a/b.html', Range: 'bytes=0-1' }),
    );
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('Range') as string });
  });
});

describe('a bucket of Amazon S3', () => {
  it('is created with versions, and deleted once all of them are', async () => {
    const client = s3('operator');
    const Bucket = 'releases';
    await client.send(new CreateBucketCommand({ Bucket }));
    world.s3.objects.keepVersions(Bucket);
    const put = (Body: string) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'a.zip', Body, Metadata: { team: 'shop' } }));
    const [one, two] = [await put('one'), await put('two')];
    const found = await client.send(new GetObjectCommand({ Bucket, Key: 'a.zip' }));
    expect([await found.Body?.transformToString(), found.VersionId, found.Metadata]).toEqual([
      ...['two', two.VersionId, { team: 'shop' }],
    ]);
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [two.VersionId, true],
      [one.VersionId, false],
    ]);

    const deleting = () => client.send(new DeleteBucketCommand({ Bucket }));
    await expect(deleting()).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    for (const { Key, VersionId } of Versions)
      await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    await deleting();
    await expect(deleting()).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('refuses a name that is taken or not valid, and an object that arrived otherwise than it was sent', async () => {
    const creating = (Bucket: string) => s3('operator').send(new CreateBucketCommand({ Bucket }));
    await expect(creating('pages')).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    await expect(creating('Pages')).rejects.toMatchObject({ name: 'InvalidBucketName' });
    const sent = new PutObjectCommand({ Bucket: 'pages', Key: 'a', Body: 'a', ChecksumCRC32: 'AAAAAA==' });
    await expect(s3('operator').send(sent)).rejects.toMatchObject({ name: 'BadDigest' });
  });
});
