import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A POST with a JSON body to the root of an AWS service. */
export interface JsonCall {
  readonly host: string;
  readonly service: string;
  readonly region: string;
  /** `AmazonSSM.GetParameters` */
  readonly target: string;
  readonly body: string;
}

/** A GET of a URL. {@link queryOf} must have written its query, if it has one. */
export interface GetCall {
  readonly url: URL;
  readonly service: string;
  readonly region: string;
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT';

/** The signed parts of any call. */
interface Signable {
  readonly method: Method;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly service: string;
  readonly region: string;
}

/**
 * Returns the headers of a call with its Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(call: JsonCall, credentials: Credentials, now: Date): Record<string, string> {
  const { host, target, body, service, region } = call;
  const headers = { 'content-type': 'application/x-amz-json-1.1', host, 'x-amz-target': target };
  return sign({ method: 'POST', path: '/', query: '', headers, body, service, region }, credentials, now);
}

/**
 * Returns the headers of a signed GET. Encodes each part of the path once more, as every service except S3 requires.
 */
export function signedGetHeaders(call: GetCall, credentials: Credentials, now: Date): Record<string, string> {
  const { url, service, region } = call;
  const path = url.pathname.split('/').map(encoded).join('/');
  const signable = { path, query: url.search.slice(1), headers: { host: url.host }, service, region };
  return sign({ method: 'GET', body: '', ...signable }, credentials, now);
}

/** Returns the headers of a signed GET to S3. Only S3 signs the path unchanged, and requires the hash of the body. */
export function signedS3Headers(
  { url, region }: Omit<GetCall, 'service'>,
  credentials: Credentials,
  now: Date,
): Record<string, string> {
  const headers = { host: url.host, 'x-amz-content-sha256': sha256('') };
  const signable = { path: url.pathname, query: url.search.slice(1), headers, service: 's3', region };
  return sign({ method: 'GET', body: '', ...signable }, credentials, now);
}

/** A call to S3 whose URL holds its signature. {@link keyPath} must have written the path of its object. */
export interface PresignedCall {
  readonly method: Method;
  readonly url: URL;
  readonly region: string;
  readonly validSeconds: number;
  /** Headers with which it must be sent. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Returns the URL of a call to S3, signed in its query: it can be sent without credentials, until it expires.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function presignedS3Url(call: PresignedCall, credentials: Credentials, now: Date): URL {
  const { method, url, region, validSeconds, headers = {} } = call;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = timeOf(now);
  const scope = scopeOf(time, region, 's3');
  const all = { ...headers, host: url.host };
  const query = queryOf({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(validSeconds),
    'X-Amz-SignedHeaders': namesOf(all).join(';'),
    ...(sessionToken !== undefined && { 'X-Amz-Security-Token': sessionToken }),
  });
  const signable = { method, path: url.pathname, query, headers: all, bodyHash: 'UNSIGNED-PAYLOAD' };
  const signature = signatureOf(signable, secretAccessKey, time, scope);
  return new URL(`${url.origin}${url.pathname}?${query}&X-Amz-Signature=${signature}`);
}

/** Writes the path of an object as it is signed and sent. */
export function keyPath(key: string): string {
  return key.split('/').map(encoded).join('/');
}

/** Writes a query in the form that is signed: sorted, with `%20` for a space. */
export function queryOf(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.sort().join('&');
}

function sign(call: Signable, credentials: Credentials, now: Date): Record<string, string> {
  const time = timeOf(now);
  const { sessionToken } = credentials;
  const headers: Record<string, string> = {
    ...call.headers,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const scope = scopeOf(time, call.region, call.service);
  const signable = { ...call, headers, bodyHash: sha256(call.body) };
  const signature = signatureOf(signable, credentials.secretAccessKey, time, scope);
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ` +
    `SignedHeaders=${namesOf(headers).join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
}

type Hashed = Pick<Signable, 'method' | 'path' | 'query' | 'headers'> & { readonly bodyHash: string };

function signatureOf(
  { method, path, query, headers, bodyHash }: Hashed,
  secret: string,
  time: string,
  scope: string,
): string {
  const names = namesOf(headers);
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const canonical = [method, path, query, lines, names.join(';'), bodyHash].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  return hmac(keyOf(scope, secret), toSign).toString('hex');
}

function namesOf(headers: Signable['headers']): readonly string[] {
  return Object.keys(headers).sort();
}

function timeOf(now: Date): string {
  return now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function scopeOf(time: string, region: string, service: string): string {
  return `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
}

/** The keys that were made before: each holds for a day. */
const keys = new Map<string, KeyObject>();

/** Day, Region, service and the closing word are each signed with the key that the one before gave. */
function keyOf(scope: string, secret: string): KeyObject {
  const name = `${secret} ${scope}`;
  const made =
    keys.get(name) ?? createSecretKey(scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`)));
  keys.set(name, made);
  return made;
}

/** Encodes every character except letters, digits and `-._~` as `%XX`. */
function encoded(text: string): string {
  const hex = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, hex);
}

function hmac(key: Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return hash('sha256', text);
}
