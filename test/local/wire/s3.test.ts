import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { surroundings } from '../../../src/lambda/surroundings.ts';
import { createListVersions } from '../../../functions/mechanisms/codedeploy/list-versions.ts';
import type { PolicyDocument } from '../../../local/wire/iam.ts';
import { startWire, type Wire } from '../../../local/wire/wire.ts';
import { createWorld } from '../../../local/world/world.ts';

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

/** Ours, as a function has it. */
function listAs(role: string) {
  const { accessKeyId, secretAccessKey } = wire.credentials(role);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ENDPOINT_URL', wire.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  return createListVersions(fetch, surroundings, surroundings.now);
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

  it('knows a bucket without versions, where what is replaced is gone', async () => {
    const input = { Bucket: 'plain', Prefix: 'shop/v1.zip', MaxKeys: 1 };
    const { Versions, IsTruncated } = await s3('operator').send(new ListObjectVersionsCommand(input));
    expect(Versions).toMatchObject([{ Key: 'shop/v1.zip', VersionId: 'null', IsLatest: true }]);
    expect(IsTruncated).toBe(true);
  });

  it('answers our own call with the same', async () => {
    const list = listAs('operator');
    const [only] = world.bundles.of('plain', 'shop/v é&1.zip');
    expect(await list('plain', 'shop/v é&1.zip', 'all')).toEqual({
      versions: [{ id: 'null', isDeleted: false, eTag: only!.eTag, storage: 'STANDARD' }],
      isWhole: true,
    });
    expect(await list('plain', 'shop/v1.zip', 'newest')).toMatchObject({ versions: [{ id: 'null' }] });
    expect(await list('plain', 'shop/v', 'all')).toEqual({ versions: [], isWhole: true });
  });

  it('says that there is no such bucket', async () => {
    const asked = s3('operator').send(new ListObjectVersionsCommand({ Bucket: 'nowhere' }));
    await expect(asked).rejects.toMatchObject({ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } });
    expect(await listAs('operator')('nowhere', 'k', 'all')).toEqual({ versions: [], isWhole: true });
  });

  it('refuses who may not list, and only that bucket', async () => {
    const asked = s3('lists').send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
    await expect(asked).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const list = listAs('lists');
    expect(await list('plain', 'k', 'all')).toEqual({ problem: 'S3 answered with status 403' });
    expect(await list('kept', 'v1.zip', 'newest')).toMatchObject({ versions: [{ isDeleted: true }] });
  });
});
