import type { Variables } from '../../../src/aws/client.ts';
import { ownCredentials } from '../../../src/aws/own-credentials.ts';
import { bucketAddress } from '../../../src/aws/bucket-address.ts';
import { queryOf, signedS3Headers } from '../../../src/aws/signature.ts';
import type { Instant } from '../../../src/rollback/request.ts';

/** Versions of one key, newest first, or why they could not be read. */
export type Listing =
  | {
      readonly versions: readonly ListedVersion[];
      /** Whether these are all of them. */
      readonly isWhole: boolean;
    }
  | { readonly problem: string };

export interface ListedVersion {
  /** S3 names the only version `null` in a bucket without versioning. */
  readonly id: string;
  /** A delete marker. */
  readonly isDeleted: boolean;
  /** Without quotes. */
  readonly eTag: string;
  readonly storage: string;
}

export type ListVersions = (bucket: string, key: string, which: 'newest' | 'all') => Promise<Listing>;

type Get = (url: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'text'>>;

const TIMEOUT_MS = 2_000;

/** One retry, as in all clients (client.ts). */
const ATTEMPTS = 2;

/** The limit of one page. */
const PAGE = 1000;

/**
 * Calls ListObjectVersions for one key, without the SDK, whose client for S3 exceeds the size limit of this bundle
 * (ADR 15). A key sorts before all others that begin with it, so its own versions come first.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export function createListVersions(get: Get, variables: Variables, now: () => Instant): ListVersions {
  return async (bucket, key, which) => {
    const url = urlOf(bucket, key, which === 'newest' ? 1 : PAGE, variables);
    for (let attempt = 1; ; attempt++) {
      const response = await call(get, url, variables, now).catch(() => null);
      const isPassing = response === null || response.status >= 500;
      if (isPassing && attempt < ATTEMPTS) continue;
      if (response === null) return { problem: 'S3 did not answer' };
      if (response.status === 404) return { versions: [], isWhole: true };
      // 301: the bucket is in another Region, where the agents would not find it either.
      if (response.status !== 200) return { problem: `S3 answered with status ${response.status}` };
      return listingOf(response.body, key);
    }
  };
}

async function call(
  get: Get,
  url: URL,
  variables: Variables,
  now: () => Instant,
): Promise<{ readonly status: number; readonly body: string }> {
  const request = { url, region: variables.setting('AWS_REGION') };
  const headers = signedS3Headers(request, ownCredentials(variables), new Date(now()));
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await get(url.href, { headers, signal, redirect: 'manual' });
  return { status: response.status, body: await response.text() };
}

function urlOf(bucket: string, prefix: string, most: number, variables: Variables): URL {
  const query = { versions: '', prefix, 'max-keys': String(most), 'encoding-type': 'url' };
  const base = bucketAddress(bucket, variables);
  const { pathname } = new URL(base);
  return new URL(`${base}${pathname === '/' ? '/' : ''}?${queryOf(query)}`);
}

/** Reads the entries. An entry contains each of its fields once, so no parser is needed. */
function listingOf(body: string, key: string): Listing {
  if (!body.includes('<ListVersionsResult')) return { problem: 'S3 did not answer with a list' };
  const entries = [...body.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)];
  const all = entries.map(([, kind = '', entry = '']) => ({
    key: keyIn(entry),
    version: versionIn(kind, entry),
  }));
  const versions = all.flatMap((one) => (one.key === key ? [one.version] : []));
  const isCut =
    field(body, 'IsTruncated') === 'true' && versions.length > 0 && versions.length === all.length;
  return { versions, isWhole: !isCut };
}

function keyIn(entry: string): string {
  return decodeURIComponent(field(entry, 'Key').replaceAll('+', '%20'));
}

function versionIn(kind: string, entry: string): ListedVersion {
  return {
    id: field(entry, 'VersionId'),
    isDeleted: kind === 'DeleteMarker',
    eTag: field(entry, 'ETag').replaceAll(/"|&quot;|&#34;/g, ''),
    storage: field(entry, 'StorageClass'),
  };
}

function field(xml: string, name: string): string {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '';
}
