import type { Share } from '../../../../src/targets/kind.ts';

/**
 * The sweep's shares of the reads of Auto Scaling. AWS publishes no rate; assumed are 20 a second, 1,200 a minute. The
 * kinds elb and route53 list groups too, so these take less than a fifth.
 * Unknown: autoscaling-request-rates.
 */

/** DescribeAutoScalingGroups, by a hundred names: 3,000 groups a minute. */
export const PAGES: Share = { quota: 'autoscaling read', callsPerMinute: 30 };

/** DescribeAutoScalingGroups with the filter of the tag, by a hundred groups. */
export const TAGGED: Share = { quota: 'autoscaling read', callsPerMinute: 30 };

/** DescribeInstanceRefreshes of groups that changed or are being refreshed. */
export const CHANGED: Share = { quota: 'autoscaling read', callsPerMinute: 60 };

/** DescribeInstanceRefreshes of the others, in turn: a refresh that failed at once leaves the group as it was. */
export const IN_TURN: Share = { quota: 'autoscaling read', callsPerMinute: 40 };

/** DescribeInstanceRefreshes, one for each refresh that may be proven, and its groups by a hundred. */
export const PROOFS: Share = { quota: 'autoscaling read', callsPerMinute: 40 };
