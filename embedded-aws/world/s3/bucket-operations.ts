import type {
  CreateBucketRequest,
  DeleteBucketRequest,
  DeleteObjectRequest,
  ListObjectVersionsOutput,
  PutBucketTaggingRequest,
  PutBucketVersioningRequest,
} from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../service.ts';
import type { Objects } from './objects.ts';

const MAX_KEYS = 1000;

/**
 * Returns the operations on buckets of objects. The names are those of one account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketOperations(objects: Objects): Readonly<Record<string, Operation>> {
  const must = (Bucket = ''): string => {
    if (!objects.hasBucket(Bucket))
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return Bucket;
  };
  return {
    CreateBucket: {
      authorize: on('CreateBucket'),
      run: ({ Bucket = '' }: CreateBucketRequest) => {
        if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(Bucket))
          throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
        if (objects.hasBucket(Bucket))
          throw new AwsError('BucketAlreadyOwnedByYou', 'You own this bucket already.', 409);
        objects.createBucket(Bucket);
        return { Location: `/${Bucket}` };
      },
    },
    PutBucketVersioning: {
      authorize: on('PutBucketVersioning'),
      run: ({ Bucket, VersioningConfiguration }: PutBucketVersioningRequest) => {
        if (VersioningConfiguration?.Status !== 'Enabled')
          throw new AwsError('NotImplemented', 'the embedded S3 does not suspend versioning', 501);
        objects.keepVersions(must(Bucket));
        return {};
      },
    },
    // A bucket's tags decide nothing here.
    PutBucketTagging: {
      authorize: on('PutBucketTagging'),
      run: ({ Bucket }: PutBucketTaggingRequest) => {
        must(Bucket);
        return {};
      },
    },
    DeleteBucket: {
      authorize: on('DeleteBucket'),
      run: ({ Bucket }: DeleteBucketRequest) => {
        if (objects.keys(must(Bucket)).length > 0)
          throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
        objects.deleteBucket(Bucket ?? '');
        return {};
      },
    },
    DeleteObject: {
      // "To permanently delete a specific version, s3:DeleteObjectVersion" (API_DeleteObject).
      authorize: ({ Bucket = '', Key = '' }: DeleteObjectRequest) => [
        { action: 's3:DeleteObjectVersion', resource: `arn:aws:s3:::${Bucket}/${Key}` },
      ],
      run: ({ Bucket, Key = '', VersionId }: DeleteObjectRequest) => {
        if (VersionId === undefined)
          throw new AwsError('NotImplemented', 'the embedded S3 deletes a version by its id', 501);
        objects.remove(must(Bucket), Key, VersionId);
        return { VersionId };
      },
    },
  };
}

/** Returns what a call asks for on its bucket. */
function on(action: string) {
  return ({ Bucket = '' }: { readonly Bucket?: string | undefined }) => [
    { action: `s3:${action}`, resource: `arn:aws:s3:::${Bucket}` },
  ];
}

/** Lists the versions of a bucket of objects, by key and newest first. Paging is not modelled. */
export function listVersions(objects: Objects, Name: string, Prefix: string): ListObjectVersionsOutput {
  const keys = objects.keys(Name).filter((key) => key.startsWith(Prefix));
  const all = keys.toSorted().flatMap((Key) =>
    objects.versions(Name, Key).map(({ versionId, eTag, at }, index) => ({
      ...{ Key, VersionId: versionId, ETag: `"${eTag}"`, IsLatest: index === 0 },
      ...{ LastModified: new Date(at), StorageClass: 'STANDARD' as const },
    })),
  );
  if (all.length > MAX_KEYS)
    throw new AwsError('NotImplemented', 'the embedded S3 lists no more than 1000 versions of objects', 501);
  return { Name, Prefix, MaxKeys: MAX_KEYS, IsTruncated: false, Versions: all };
}
