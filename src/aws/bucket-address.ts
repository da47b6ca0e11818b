import type { Variables } from './client.ts';

/**
 * Returns the URL of a bucket, without a slash at its end. The bucket is in the host name; it is in the path for a custom
 * endpoint, or for a bucket with a dot in its name, which no certificate of S3 covers.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketAddress(bucket: string, { setting, variable }: Variables): string {
  const region = setting('AWS_REGION');
  const domain = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const endpoint = variable('AWS_ENDPOINT_URL');
  return endpoint === undefined && !bucket.includes('.')
    ? `https://${bucket}.${domain}`
    : `${endpoint ?? `https://${domain}`}/${bucket}`;
}
