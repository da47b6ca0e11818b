import type { Bucket } from '../service.ts';

/**
 * Returns the rate limit of an operation: 100 requests a second of GetFunction, and 15 of all the others together. The
 * page names no burst; assumed: the tokens of one second.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function bucketOf(name: string): Bucket {
  return name === 'GetFunction' ? bucket('lambda GetFunction', 100) : bucket('lambda control plane', 15);
}

function bucket(name: string, perSecond: number): Bucket {
  return { name, burst: perSecond, perSecond, error: 'TooManyRequestsException' };
}
