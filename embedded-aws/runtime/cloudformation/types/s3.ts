import { nameIn, type ResourceType } from '../resource-type.ts';

/** A bucket, which must be empty to be deleted. Its generated name is in lower case, as S3 demands. */
export const bucket: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { VersioningConfiguration, Tags } = making.properties;
    const Bucket = nameIn(making, 'BucketName').toLowerCase();
    await making.call('s3', 'CreateBucket', { Bucket });
    if (VersioningConfiguration !== undefined)
      await making.call('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration });
    await making.call('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet: Tags } });
    return { ref: Bucket, attributes: { Arn: `arn:aws:s3:::${Bucket}` } };
  },
  delete: ({ call, ref }) => call('s3', 'DeleteBucket', { Bucket: ref }),
};
