import type { Share } from '../../../src/targets/kind.ts';

/**
 * The sweep's shares of the reads of Elastic Load Balancing, which refill by 10 a second: 600 a minute. With those of
 * the kind route53 they take less than a fifth.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
 */
const QUOTA = 'elb read';

/**
 * The most ARNs in one call. AWS documents 20 for DescribeTags and DescribeLoadBalancers, and no number for rules and
 * listeners. Unknown: elb-arns-per-call.
 */
export const MAX_ARNS = 20;

/** DescribeRules and DescribeListeners by MAX_ARNS: 1,200 targets a minute. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 60 };

/** The same, for the divisions that may be proven. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 10 };

/** The same, to find the ones of a page that were deleted. */
export const HALVES: Share = { quota: QUOTA, callsPerMinute: 20 };
