import { isRead, type Bucket } from '../service.ts';

/** Returns the rate limit of an operation. AWS publishes none. Unknown: codepipeline-request-rates. */
export function bucketOf(name: string): Bucket {
  return isRead(name)
    ? { name: 'codepipeline read', burst: 20, perSecond: 5, error: 'ThrottlingException' }
    : { name: 'codepipeline modify', burst: 10, perSecond: 2, error: 'ThrottlingException' };
}
