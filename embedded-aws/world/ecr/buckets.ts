import { isRead, type Bucket } from '../service.ts';

/**
 * Returns the rate limit of an operation. Unknown: ecr-request-rates. The page has rates of pushes and pulls, 2,000 a
 * second for BatchGetImage, and none of the other operations here; assumed are those of EC2.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
 */
export function bucketOf(name: string): Bucket {
  const [burst, perSecond] = name === 'BatchGetImage' ? [2000, 2000] : isRead(name) ? [100, 20] : [50, 5];
  return { name: `ecr ${name}`, burst, perSecond, error: 'ThrottlingException' };
}
