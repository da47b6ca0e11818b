import type { PolicyDocument } from '@lastgood/embedded-aws/wire/iam.ts';
import { startWire, type Wire } from '@lastgood/embedded-aws/wire/wire.ts';
import { createWorld } from '@lastgood/embedded-aws/world/world.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createListVersions } from '../../../../functions/mechanisms/codedeploy/list-versions.ts';
import { surroundings } from '../../../../src/lambda/surroundings.ts';

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
  bundles.put('plain', 'shop/v é&1.zip', BUNDLE);
  bundles.keepVersions('kept');
  bundles.put('kept', 'v1.zip', BUNDLE);
  bundles.remove('kept', 'v1.zip');
});
afterAll(() => wire.close());

/** Creates the call as the function does. */
function listAs(role: string) {
  const { accessKeyId, secretAccessKey } = wire.credentials(role);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ENDPOINT_URL', wire.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  return createListVersions(fetch, surroundings, surroundings.now);
}

describe('the call to S3 without the SDK', () => {
  it('lists versions of exactly this key', async () => {
    const list = listAs('operator');
    const [only] = world.bundles.of('plain', 'shop/v é&1.zip');
    expect(await list('plain', 'shop/v é&1.zip', 'all')).toEqual({
      versions: [{ id: 'null', isDeleted: false, eTag: only!.eTag, storage: 'STANDARD' }],
      isWhole: true,
    });
    expect(await list('plain', 'shop/v1.zip', 'newest')).toMatchObject({ versions: [{ id: 'null' }] });
    expect(await list('plain', 'shop/v', 'all')).toEqual({ versions: [], isWhole: true });
  });

  it('finds no version in a bucket that is gone', async () => {
    expect(await listAs('operator')('nowhere', 'k', 'all')).toEqual({ versions: [], isWhole: true });
  });

  it('reports a denied list', async () => {
    const list = listAs('lists');
    expect(await list('plain', 'k', 'all')).toEqual({ problem: 'S3 answered with status 403' });
    expect(await list('kept', 'v1.zip', 'newest')).toMatchObject({ versions: [{ isDeleted: true }] });
  });
});
