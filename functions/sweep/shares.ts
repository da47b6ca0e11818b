import type { Share } from '../../src/targets/kind.ts';

/*
 * The sweep's own shares of AWS's buckets. Each kind has its own, in its mechanism's folder. A budget or a limit of
 * pages enforces each.
 */

/**
 * DescribeAlarms in ALARM, by a hundred. The bucket refills by 9 a second: 540 a minute.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
export const ALARMS_IN_ALARM: Share = { quota: 'cloudwatch DescribeAlarms', callsPerMinute: 20 };

/** DescribeAlarms by a hundred names, to prove revisions. */
export const ALARMS_OF_PROOFS: Share = { quota: 'cloudwatch DescribeAlarms', callsPerMinute: 60 };

/**
 * ListExecutions that run, by a thousand. The bucket refills by 5 a second: 300 a minute.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const RUNNING: Share = { quota: 'states ListExecutions', callsPerMinute: 10 };

/** DescribeExecution of those that do not run. The bucket refills by 15 a second: 900 a minute. */
export const ENDED: Share = { quota: 'states DescribeExecution', callsPerMinute: 100 };

/**
 * ListAliases of the functions whose red alarms name no alias. The rest of the fifth is that of the kind
 * (functions/mechanisms/lambda/shares.ts).
 */
export const ALIASES: Share = { quota: 'lambda control plane', callsPerMinute: 12 };

export const SHARES = [ALARMS_IN_ALARM, ALARMS_OF_PROOFS, RUNNING, ENDED, ALIASES];
