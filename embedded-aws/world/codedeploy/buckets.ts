import { isRead, type Bucket } from '../service.ts';

/**
 * Returns the rate limit of an operation. Unknown: codedeploy-request-rates. AWS publishes none; assumed are those of
 * ECS's services.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html
 */
export function bucketOf(name: string): Bucket {
  return isRead(name)
    ? { name: 'codedeploy read', burst: 100, perSecond: 20, error: 'ThrottlingException' }
    : { name: 'codedeploy modify', burst: 50, perSecond: 5, error: 'ThrottlingException' };
}
