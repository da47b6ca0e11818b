import { isRead, type Bucket } from '../service.ts';

/**
 * Returns the rate limit of an operation. Each operation has a bucket of its own: 100 tokens and 20 a second for those
 * that change nothing, 50 and 5 for the others. DescribeInstances and some others have 50 and 10 where a call has neither
 * a filter nor a page size, which is not modelled.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function bucketOf(name: string): Bucket {
  const [burst, perSecond] = isRead(name) ? [100, 20] : [50, 5];
  return { name: `ec2 ${name}`, burst, perSecond, error: 'RequestLimitExceeded' };
}
