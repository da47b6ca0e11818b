import { isRead, type Bucket } from '../service.ts';

/**
 * Returns the rate limit of an operation. Unknown: autoscaling-request-rates. AWS says that requests are throttled and
 * gives no figures; assumed are those of EC2.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html
 */
export function bucketOf(name: string): Bucket {
  return isRead(name)
    ? { name: 'autoscaling read', burst: 100, perSecond: 20, error: 'Throttling' }
    : { name: 'autoscaling modify', burst: 50, perSecond: 5, error: 'Throttling' };
}
