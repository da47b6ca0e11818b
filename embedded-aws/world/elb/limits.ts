import type { Bucket } from '../service.ts';

/**
 * Request limits per account and Region, as burst and refill per second. Calls by ECS and other services on the user's
 * behalf have other buckets and bypass these.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
 */
const bucket = (name: string, burst: number, perSecond: number): Bucket => ({
  name: `elasticloadbalancing/${name}`,
  burst,
  perSecond,
  error: 'ThrottlingException',
});

export const READ = bucket('read', 40, 10);
export const WRITE = bucket('write', 20, 3);
export const REGISTER = bucket('register', 20, 4);
