import type {
  DeleteMarkerEntry,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  ObjectVersion,
} from '@aws-sdk/client-s3';
import type { Bundles, Version } from './fleet/bundles.ts';
import { bucketOperations, listVersions } from './s3/bucket-operations.ts';
import { objectOperations } from './s3/object-operations.ts';
import { Objects } from './s3/objects.ts';
import type { Clock } from './clock.ts';
import { honouring, AwsError, type Access, type AwsService } from './service.ts';

const MAX_KEYS = 1000;

/** One version of one key. */
interface Listed {
  readonly key: string;
  readonly version: Version;
  readonly isLatest: boolean;
}

/** Amazon S3, with the objects of its buckets. */
export interface S3 extends AwsService {
  readonly objects: Objects;
}

/**
 * Simulates Amazon S3: buckets, with objects that are put and read whole, and the list of object versions, in the order of
 * keys, newest first within a key. A bucket has either objects or bundles.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export function createS3(bundles: Bundles, clock: Clock): S3 {
  const objects = new Objects(clock);
  return {
    objects,
    signingName: 's3',
    honoured: honouring({
      CreateBucket: 'Bucket CreateBucketConfiguration',
      DeleteBucket: 'Bucket',
      DeleteObject: 'Bucket Key VersionId',
      PutBucketTagging: 'Bucket Tagging',
      PutBucketVersioning: 'Bucket VersioningConfiguration',
      ListObjectVersions: 'Bucket Delimiter EncodingType KeyMarker MaxKeys Prefix',
      PutObject: `
        Bucket Key Body ContentType ContentLength CacheControl Metadata ChecksumAlgorithm ChecksumCRC32`,
      // No object here has a checksum that ChecksumMode could ask for.
      GetObject: 'Bucket Key ChecksumMode',
      HeadObject: 'Bucket Key ChecksumMode',
    }),
    operations: {
      ...bucketOperations(objects),
      ...objectOperations(objects),
      ListObjectVersions: {
        authorize: ({ Bucket = '' }: ListObjectVersionsRequest): readonly Access[] => [
          { action: 's3:ListBucketVersions', resource: `arn:aws:s3:::${Bucket}` },
        ],
        run: (input: ListObjectVersionsRequest) =>
          objects.hasBucket(input.Bucket ?? '')
            ? listVersions(objects, input.Bucket ?? '', input.Prefix ?? '')
            : list(bundles, input),
      },
    },
  };
}

/** @throws AwsError NoSuchBucket */
function list(bundles: Bundles, input: ListObjectVersionsRequest): ListObjectVersionsOutput {
  const { Bucket: Name = '', Prefix = '', MaxKeys = MAX_KEYS, EncodingType } = input;
  if (input.KeyMarker !== undefined || input.Delimiter !== undefined)
    throw new AwsError(
      'NotImplemented',
      'the embedded S3 lists from the beginning and without a delimiter',
      501,
    );
  const keys = bundles.keys(Name)?.filter((key) => key.startsWith(Prefix));
  if (keys === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  const all = keys.flatMap((key) =>
    bundles.of(Name, key).map((version, at): Listed => ({ key, version, isLatest: at === 0 })),
  );
  const shown = all.slice(0, Math.min(MaxKeys, MAX_KEYS));
  const written = EncodingType === 'url' ? encodeURIComponent : (key: string) => key;
  return {
    ...{ Name, Prefix: written(Prefix), MaxKeys, EncodingType, IsTruncated: shown.length < all.length },
    Versions: shown.filter(({ version }) => version.bundle !== null).map((one) => toVersion(one, written)),
    DeleteMarkers: shown
      .filter(({ version }) => version.bundle === null)
      .map((one) => toMarker(one, written)),
  };
}

function toMarker({ key, version, isLatest }: Listed, written: (key: string) => string): DeleteMarkerEntry {
  return { Key: written(key), VersionId: version.versionId, IsLatest: isLatest };
}

function toVersion(listed: Listed, written: (key: string) => string): ObjectVersion {
  const { eTag } = listed.version;
  return { ...toMarker(listed, written), ETag: `"${eTag}"`, StorageClass: 'STANDARD' };
}
