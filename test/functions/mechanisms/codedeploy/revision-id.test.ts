import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locationOf, revisionAt } from '../../../../functions/mechanisms/codedeploy/revision-id.ts';

const part = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/);
const key = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

describe('the id of a revision', () => {
  it('reads back as the location of the bundle', () => {
    const s3 = fc.record(
      {
        bucket: part,
        key,
        bundleType: fc.constantFrom('zip' as const, 'tgz' as const),
        version: fc.string({ minLength: 1 }),
        eTag: fc.stringMatching(/^[0-9a-f-]{1,40}$/),
      },
      { requiredKeys: ['bucket', 'key'] },
    );
    fc.assert(
      fc.property(s3, (s3Location) => {
        const revision = revisionAt({ revisionType: 'S3', s3Location });
        expect(locationOf(revision!.id)).toEqual({ revisionType: 'S3', s3Location });
      }),
    );
  });

  it('reads back as a commit', () => {
    const gitHubLocation = { repository: 'acme/shop', commitId: '0123456789abcdef' };
    const revision = revisionAt({ revisionType: 'GitHub', gitHubLocation });
    expect(revision).toEqual({ id: 'github:acme/shop@0123456789abcdef', name: 'shop@01234567' });
    expect(locationOf(revision!.id)).toEqual({ revisionType: 'GitHub', gitHubLocation });
  });

  it('distinguishes bundles under one key, with or without quotes around the eTag', () => {
    const at = (eTag: string) => revisionAt({ s3Location: { bucket: 'b', key: 'k.zip', eTag } });
    expect(at('"aa"')).toEqual(at('aa'));
    expect(at('aa')?.id).not.toBe(at('bb')?.id);
  });

  it.each(['no-such-revision', '', 's3://', 'github:x', 'deployment:d-1'])('is not %j', (id) =>
    expect(locationOf(id)).toBeNull(),
  );
});
