import { crc32 } from 'node:zlib';
import type {
  GetObjectRequest,
  HeadObjectOutput,
  HeadObjectRequest,
  PutObjectOutput,
  PutObjectRequest,
} from '@aws-sdk/client-s3';
import { AwsError, type Access, type Operation } from '../service.ts';
import type { Objects, StoredObject } from './objects.ts';

/** The largest object of one PutObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
const MAX_BYTES = 5 * 1024 ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1024;

/** S3's own type for an object without one. */
const DEFAULT_TYPE = 'binary/octet-stream';

/** The input as the wire reads it: the body is in memory. */
type Put = Omit<PutObjectRequest, 'Body'> & { readonly Body?: Uint8Array };

/**
 * Returns the operations on one object. Every object is encrypted with keys of S3, as every bucket does by default.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
 */
export function objectOperations(objects: Objects): Readonly<Record<string, Operation>> {
  return {
    PutObject: {
      authorize: ({ Bucket = '', Key = '' }: Put) => [
        { action: 's3:PutObject', resource: objectArn(Bucket, Key) },
      ],
      run: (input: Put) => put(objects, input),
    },
    GetObject: {
      authorize: (input: GetObjectRequest) => reading(objects, input),
      run: ({ Bucket = '', Key = '' }: GetObjectRequest) => {
        const found = find(objects, Bucket, Key);
        return { ...headOf(found), Body: found.body };
      },
    },
    HeadObject: {
      authorize: (input: HeadObjectRequest) => reading(objects, input),
      run: ({ Bucket = '', Key = '' }: HeadObjectRequest) => headOf(find(objects, Bucket, Key)),
    },
  };
}

/**
 * Without the permission to list the bucket, an object that is not there is denied like one that may not be read.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
function reading(
  objects: Objects,
  { Bucket = '', Key = '' }: Pick<GetObjectRequest, 'Bucket' | 'Key'>,
): readonly Access[] {
  const read = { action: 's3:GetObject', resource: objectArn(Bucket, Key) };
  if (objects.get(Bucket, Key) !== null) return [read];
  const refusal = new AwsError('AccessDenied', 'Access Denied', 403);
  return [read, { action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}`, refusal }];
}

function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** @throws AwsError NoSuchBucket, KeyTooLongError, EntityTooLarge or BadDigest */
function put(
  objects: Objects,
  { Bucket = '', Key = '', Body, ContentType, CacheControl, Metadata, ChecksumCRC32 }: Put,
): PutObjectOutput {
  refuseUnknown(objects, Bucket);
  const body = Body ?? new Uint8Array();
  if (Buffer.byteLength(Key) > MAX_KEY_BYTES)
    throw new AwsError('KeyTooLongError', 'Your key is too long', 400);
  if (body.length > MAX_BYTES)
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400);
  if (ChecksumCRC32 !== undefined && ChecksumCRC32 !== crc32Of(body))
    throw new AwsError('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  const stored = objects.put(Bucket, Key, {
    body,
    contentType: ContentType ?? DEFAULT_TYPE,
    ...(CacheControl !== undefined && { cacheControl: CacheControl }),
    ...(Metadata !== undefined && { metadata: Metadata }),
  });
  return { ETag: `"${stored.eTag}"`, ServerSideEncryption: 'AES256', ...versionOf(stored) };
}

/**
 * Returns the checksum that the SDKs send by default.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
function crc32Of(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** @throws AwsError NoSuchBucket or NoSuchKey */
function find(objects: Objects, bucket: string, key: string): StoredObject {
  refuseUnknown(objects, bucket);
  const found = objects.get(bucket, key);
  if (found === null) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return found;
}

function refuseUnknown(objects: Objects, bucket: string): void {
  if (!objects.hasBucket(bucket))
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

/** Only a versioned bucket shows version ids. */
function versionOf({ versionId }: StoredObject): { readonly VersionId?: string } {
  return versionId === 'null' ? {} : { VersionId: versionId };
}

function headOf(object: StoredObject): HeadObjectOutput {
  const { body, eTag, at, contentType, cacheControl, metadata } = object;
  return {
    ContentType: contentType,
    ContentLength: body.length,
    ETag: `"${eTag}"`,
    LastModified: new Date(Math.floor(at / 1000) * 1000),
    ServerSideEncryption: 'AES256',
    ...(cacheControl !== undefined && { CacheControl: cacheControl }),
    ...(metadata !== undefined && { Metadata: { ...metadata } }),
    ...versionOf(object),
  };
}
