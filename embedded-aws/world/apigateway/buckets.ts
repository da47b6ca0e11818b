import type { Bucket } from '../service.ts';

const ERROR = 'TooManyRequestsException';

/**
 * All management calls of an account in a Region share one bucket.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const TOTAL: Bucket = { name: 'apigateway management', burst: 40, perSecond: 10, error: ERROR };

/**
 * Operations with a rate of their own, in calls a second, from the same page. It names no burst: one is assumed. These
 * calls do not count in the account's bucket here, where an operation has only one bucket.
 */
const RATES: Readonly<Record<string, number>> = {
  CreateDeployment: 1 / 5,
  CreateRestApi: 1 / 3,
  DeleteRestApi: 1 / 30,
};

export function bucketOf(name: string): Bucket {
  const perSecond = RATES[name];
  return perSecond === undefined ? TOTAL : { name: `apigateway ${name}`, burst: 1, perSecond, error: ERROR };
}
