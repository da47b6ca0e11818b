import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createBundles } from '../../../../functions/mechanisms/codedeploy/bundles.ts';
import {
  createListVersions,
  type ListedVersion,
  type Listing,
} from '../../../../functions/mechanisms/codedeploy/list-versions.ts';
import { setting, variable } from '../../../../src/aws/client.ts';
import { now } from '../../../../src/lambda/now.ts';

const ARNS = 'arn:aws:s3:::other,arn:aws:s3:::bundles';
const AT = { bucket: 'bundles', key: 'shop/v1.zip' };
const VERSION: ListedVersion = { id: 'one', isDeleted: false, eTag: 'aa', storage: 'STANDARD' };

async function look(location: object, listing: Partial<Listing>, buckets = ARNS) {
  const list = vi.fn(() => Promise.resolve({ isWhole: true, ...listing } as Listing));
  const found = await createBundles(buckets, list).look({ ...AT, ...location });
  return { ...found, list };
}

describe('the bundle of a revision', () => {
  it.each([
    ['the key is there', {}, [VERSION]],
    ['the eTag is the one that was deployed, in quotes or not', { eTag: '"aa"' }, [VERSION]],
    [
      'the version is there, though no longer the newest',
      { version: 'one' },
      [{ ...VERSION, id: 'two' }, VERSION],
    ],
    [
      'the version is there behind a delete marker',
      { version: 'one' },
      [{ ...VERSION, id: 'x', isDeleted: true }, VERSION],
    ],
  ])('is there if %s', async (_, location, versions) => {
    expect(await look(location, { versions })).toMatchObject({ state: 'there' });
  });

  it.each([
    ['there is no such key', {}, [], /^it is no longer at s3:\/\/bundles\/shop\/v1.zip$/],
    [
      'it was deleted and a marker is left',
      {},
      [{ ...VERSION, isDeleted: true }, VERSION],
      /is no longer at/,
    ],
    ['other content was put there', { eTag: 'bb' }, [VERSION], /another object/],
    ['the version was deleted', { version: 'gone' }, [VERSION], /^version gone of it is no longer at/],
    ['the version is a marker', { version: 'one' }, [{ ...VERSION, isDeleted: true }], /is no longer at/],
  ])('is gone if %s', async (_, location, versions, reason) => {
    expect(await look(location, { versions })).toMatchObject({
      state: 'gone',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it.each([
    ['S3 refuses', {}, { problem: 'S3 answered with status 403' }, /403/],
    [
      'it is archived',
      {},
      { versions: [{ ...VERSION, storage: 'DEEP_ARCHIVE' }] },
      /archived as DEEP_ARCHIVE/,
    ],
    [
      'more versions are there than a page has',
      { version: 'old' },
      { versions: [VERSION], isWhole: false },
      /among/,
    ],
  ])('is unknown if %s', async (_, location, listing, reason) => {
    expect(await look(location, listing)).toMatchObject({
      state: 'not-known',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it.each(['', 'arn:aws:s3:::other', 'arn:aws:s3:::my-bundles'])(
    'is not read if the stack names the buckets %j',
    async (buckets) => {
      const { state, list } = await look({}, { versions: [] }, buckets);
      expect(state).toBe('not-known');
      expect(list).not.toHaveBeenCalled();
    },
  );

  it('costs one entry unless a version is named', async () => {
    expect((await look({}, { versions: [VERSION] })).list).toHaveBeenCalledWith('bundles', AT.key, 'newest');
    const { list } = await look({ version: 'one' }, { versions: [VERSION] });
    expect(list).toHaveBeenCalledWith('bundles', AT.key, 'all');
  });
});

/** Writes a list as the API reference shows it (API_ListObjectVersions), with the requested URL encoding. */
const answer = (truncated: boolean, ...entries: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
  `<Name>bundles</Name><Prefix>shop%2Fv1.zip</Prefix><MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType>` +
  `<IsTruncated>${truncated}</IsTruncated>${entries.join('')}</ListVersionsResult>`;
const versionOf = (key: string, id: string) =>
  `<Version><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>true</IsLatest>` +
  `<LastModified>2026-11-20T00:00:00.000Z</LastModified><ETag>&quot;aa&quot;</ETag><Size>7</Size>` +
  `<StorageClass>STANDARD</StorageClass><Owner><ID>7</ID></Owner></Version>`;
const marker =
  '<DeleteMarker><Key>shop/v+1.zip</Key><VersionId>m</VersionId><IsLatest>true</IsLatest></DeleteMarker>';

const around = [{ setting, variable }, now] as const;

/** Creates a transport that answers in turn: a status and a body, or an error. */
function answering(...answers: readonly (readonly [number, string] | Error)[]) {
  const urls: URL[] = [];
  const list = createListVersions(
    (url) => {
      urls.push(new URL(url));
      const next = answers[Math.min(urls.length, answers.length) - 1]!;
      if (next instanceof Error) return Promise.reject(next);
      return Promise.resolve({ status: next[0], text: () => Promise.resolve(next[1]) });
    },
    ...around,
  );
  return { urls, list };
}

describe('listing the versions of a key', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'ASIAEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  });

  it('reads versions and delete markers of that key alone', async () => {
    const body = answer(
      false,
      marker,
      versionOf('shop/v+1.zip', 'one'),
      versionOf('shop/v+1.zip.sig', 'other'),
    );
    const { list, urls } = answering([200, body]);
    expect(await list('bundles', 'shop/v 1.zip', 'all')).toEqual({
      versions: [
        { id: 'm', isDeleted: true, eTag: '', storage: '' },
        { id: 'one', isDeleted: false, eTag: 'aa', storage: 'STANDARD' },
      ],
      isWhole: true,
    });
    expect(Object.fromEntries(urls[0]!.searchParams)).toEqual({
      ...{ versions: '', prefix: 'shop/v 1.zip', 'max-keys': '1000', 'encoding-type': 'url' },
    });
  });

  it.each([
    ['all entries of a cut page are of the key', true, ['k', 'k'], false],
    ['the cut page goes on to other keys', true, ['k', 'k.sig'], true],
    ['the page is not cut', false, ['k'], true],
    ['the key is not there at all', true, ['k.sig'], true],
  ])('knows whether it is complete if %s', async (_, cut, keys, isWhole) => {
    const { list } = answering([200, answer(cut, ...keys.map((key) => versionOf(key, 'v')))]);
    expect(await list('bundles', 'k', 'all')).toMatchObject({ isWhole });
  });

  it('requests one entry for the newest version', async () => {
    const { list, urls } = answering([200, answer(false)]);
    expect(await list('bundles', 'k', 'newest')).toEqual({ versions: [], isWhole: true });
    expect(urls[0]!.searchParams.get('max-keys')).toBe('1');
  });

  it.each([
    ['eu-west-1', 'bundles', 'https://bundles.s3.eu-west-1.amazonaws.com/'],
    ['eu-west-1', 'my.bundles', 'https://s3.eu-west-1.amazonaws.com/my.bundles'],
    ['cn-north-1', 'bundles', 'https://bundles.s3.cn-north-1.amazonaws.com.cn/'],
  ])('requests in %s the bucket %s at %s', async (region, bucket, address) => {
    vi.stubEnv('AWS_REGION', region);
    const { list, urls } = answering([200, answer(false)]);
    await list(bucket, 'k', 'newest');
    expect(urls[0]!.origin + urls[0]!.pathname).toBe(address);
  });

  it('treats a missing bucket as empty', async () => {
    expect(await answering([404, '<Error/>']).list('b', 'k', 'all')).toEqual({ versions: [], isWhole: true });
  });

  it.each([
    ['a refusal', [[403, '<Error/>']], 'S3 answered with status 403', 1],
    ['another Region', [[301, '']], 'S3 answered with status 301', 1],
    [
      'a fault, twice',
      [
        [503, ''],
        [503, ''],
      ],
      'S3 answered with status 503',
      2,
    ],
    ['silence, twice', [new Error('timeout'), new Error('timeout')], 'S3 did not answer', 2],
    ['no list', [[200, '<html/>']], 'S3 did not answer with a list', 1],
  ] as const)('says what is the problem: %s', async (_, answers, problem, calls) => {
    const { list, urls } = answering(...answers);
    expect(await list('b', 'k', 'all')).toEqual({ problem });
    expect(urls).toHaveLength(calls);
  });

  it('retries once after a fault', async () => {
    const { list } = answering([500, ''], [200, answer(false, versionOf('k', 'v'))]);
    expect(await list('b', 'k', 'newest')).toMatchObject({ versions: [{ id: 'v' }] });
  });
});
