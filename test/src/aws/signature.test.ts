import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyPath,
  presignedS3Url,
  queryOf,
  signedGetHeaders,
  signedHeaders,
  signedS3Headers,
} from '../../../src/aws/signature.ts';

/** The hash that the SDK's signer needs. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer);
  }
  update(chunk: Uint8Array | string): void {
    this.#hash.update(chunk);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('not used');
  }
}

const word = fc.stringMatching(/^[A-Za-z0-9+/]{8,40}$/);

describe('signedHeaders', () => {
  it('signs as the signer of the AWS SDK does', async () => {
    const call = fc.record({
      host: fc.constantFrom('ssm.eu-west-1.amazonaws.com', '127.0.0.1:4566'),
      service: fc.constant('ssm'),
      region: fc.constantFrom('eu-west-1', 'cn-north-1'),
      target: fc.constant('AmazonSSM.GetParameters'),
      body: fc.string({ unit: 'grapheme' }),
    });
    const credentials = fc.record(
      { accessKeyId: word, secretAccessKey: word, sessionToken: word },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    );
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(call, credentials, date, async (of, by, at) => {
        const { authorization, ...headers } = signedHeaders(of, by, at);
        const { region, service, host, body } = of;
        const signer = new SignatureV4({
          credentials: by,
          region,
          service,
          sha256: Sha256,
          applyChecksum: false,
        });
        const request = {
          method: 'POST',
          protocol: 'https:',
          hostname: host,
          path: '/',
          query: {},
          headers,
          body,
        };
        const signed: unknown = await signer.sign(request as never, { signingDate: at });
        expect(signed).toMatchObject({ headers: { authorization } });
      }),
    );
  });
});

describe('signedGetHeaders', () => {
  it('signs as the signer of the AWS SDK does, for any query', async () => {
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    const part = fc.stringMatching(/^[A-Za-z0-9 ~'()*!-]{1,12}$/);
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(part, text, date, word, async (name, query, at, secretAccessKey) => {
        const url = new URL('https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/x/api/v1/query');
        url.pathname = `/workspaces/${name}/api/v1/query`;
        url.search = queryOf({ query, dedup: 'true' });
        const by = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey, sessionToken: 'session+/=' };
        const of = { service: 'aps', region: 'eu-west-1' };
        const { authorization, ...headers } = signedGetHeaders({ url, ...of }, by, at);
        const signer = new SignatureV4({ credentials: by, ...of, sha256: Sha256, applyChecksum: false });
        const request = {
          method: 'GET',
          protocol: 'https:',
          hostname: url.host,
          path: url.pathname,
          query: { query, dedup: 'true' },
          headers,
        };
        const signed: unknown = await signer.sign(request as never, { signingDate: at });
        expect(signed).toMatchObject({ headers: { authorization } });
        expect(url.searchParams.get('query')).toBe(query);
      }),
    );
  });
});

describe('signedS3Headers', () => {
  it('signs as the signer of the AWS SDK does for S3, for any key', async () => {
    const text = fc.string({ unit: 'grapheme' });
    const bucket = fc.constantFrom('checkout-bundles', 'checkout.bundles');
    const at = new Date('2026-11-22T03:00:00Z');
    await fc.assert(
      fc.asyncProperty(text, bucket, word, async (prefix, name, secretAccessKey) => {
        const query = { versions: '', prefix, 'max-keys': '1', 'encoding-type': 'url' };
        const url = new URL(`https://s3.eu-west-1.amazonaws.com/${name}?${queryOf(query)}`);
        const by = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey, sessionToken: 'session+/=' };
        const region = 'eu-west-1';
        const { authorization, ...headers } = signedS3Headers({ url, region }, by, at);
        const of = { service: 's3', region, uriEscapePath: false };
        const signer = new SignatureV4({ credentials: by, ...of, sha256: Sha256, applyChecksum: true });
        const request = {
          method: 'GET',
          protocol: 'https:',
          hostname: url.host,
          path: url.pathname,
          query,
          headers,
        };
        const signed: unknown = await signer.sign(request as never, { signingDate: at });
        expect(signed).toMatchObject({ headers: { authorization } });
        expect(url.searchParams.get('prefix')).toBe(prefix);
      }),
    );
  });
});

describe('presignedS3Url', () => {
  it('signs as the signer of the AWS SDK does', async () => {
    const credentials = fc.record(
      { accessKeyId: word, secretAccessKey: word, sessionToken: word },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    );
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    const key = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => !/^\.+$|[./]/.test(text));
    await fc.assert(
      fc.asyncProperty(key, credentials, date, async (name, by, at) => {
        const url = new URL(`https://pages.s3.eu-west-1.amazonaws.com/${keyPath(name.toWellFormed())}`);
        const headers = { 'content-type': 'text/html' };
        const call = { method: 'PUT', url, region: 'eu-west-1', validSeconds: 300, headers } as const;
        const own = presignedS3Url(call, by, at);
        const signer = new SignatureV4({
          credentials: by,
          region: 'eu-west-1',
          service: 's3',
          sha256: Sha256,
          uriEscapePath: false,
        });
        const request = {
          method: 'PUT',
          protocol: 'https:',
          hostname: url.host,
          path: url.pathname,
          query: {},
          headers: { ...headers, host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        };
        const signed = (await signer.presign(request, {
          signingDate: at,
          expiresIn: 300,
          unhoistableHeaders: new Set(['x-amz-content-sha256']),
          unsignableHeaders: new Set(['x-amz-content-sha256']),
          signableHeaders: new Set(['content-type']),
        })) as unknown as { readonly query: Record<string, string> };
        expect(Object.fromEntries(own.searchParams)).toEqual(signed.query);
      }),
      { numRuns: 50 },
    );
  });
});
