import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../world/service.ts';
import { readAuthorization, type Claimed } from './callers.ts';
import type { HttpRequest } from './http.ts';

const SIGNATURE = 'X-Amz-Signature';

/** Reads the claims of a request: from its Authorization header, or from the query of a presigned URL. */
export function claimedIn({ headers, query }: HttpRequest): Claimed | null {
  const credential = query.get('X-Amz-Credential');
  return readAuthorization(
    headers['authorization'] ?? (credential === null ? undefined : `Credential=${credential},`),
  );
}

/** Says whether the request is a presigned URL. */
export function isPresigned({ headers, query }: HttpRequest): boolean {
  return headers['authorization'] === undefined && query.has(SIGNATURE);
}

/**
 * Checks a presigned URL of S3. Unlike a header's, its signature is verified: such a URL is handed to others, and must
 * open what it was made for and nothing else.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @param secret the secret key of its access key
 * @param now milliseconds since the epoch
 * @throws AwsError AccessDenied, SignatureDoesNotMatch or AuthorizationQueryParametersError
 */
export function checkPresigned(request: HttpRequest, secret: string, now: number): void {
  const { query } = request;
  const [date = '', expires = ''] = ['X-Amz-Date', 'X-Amz-Expires'].map((name) => query.get(name) ?? '');
  const seconds = Number(expires);
  if (!/^\d{8}T\d{6}Z$/.test(date) || !/^\d{1,6}$/.test(expires) || seconds < 1 || seconds > 604_800)
    throw new AwsError(
      'AuthorizationQueryParametersError',
      'X-Amz-Date and X-Amz-Expires must be valid, and X-Amz-Expires between 1 and 604800 seconds',
    );
  const at = Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
  if (now > at + seconds * 1000) throw new AwsError('AccessDenied', 'Request has expired', 403);
  const wanted = Buffer.from(signatureOf(request, secret, date));
  const given = Buffer.from(query.get(SIGNATURE) ?? '');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
      403,
    );
}

function signatureOf({ method, path, query, headers }: HttpRequest, secret: string, date: string): string {
  const names = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  const pairs = [...query]
    .filter(([name]) => name !== SIGNATURE)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const hash = query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  const canonical = [method, path, pairs.join('&'), lines, names.join(';'), hash].join('\n');
  const scope = (query.get('X-Amz-Credential') ?? '').split('/').slice(1);
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  return hmac(key, toSign).toString('hex');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
