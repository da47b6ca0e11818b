import { isRead, type Bucket } from '../service.ts';

/** Returns the rate limit of an operation. AWS publishes no figures. Unknown: appconfig-request-rates. */
export function bucketOf(operation: string): Bucket {
  return isRead(operation) ? bucket('appconfig read', 20, 10) : bucket('appconfig modify', 5, 2);
}

function bucket(name: string, burst: number, perSecond: number): Bucket {
  return { name, burst, perSecond, error: 'ThrottlingException' };
}
