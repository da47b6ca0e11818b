import { byOperation, quotasOf } from './buckets.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
export const quotas = quotasOf({
  service: 'monitoring',
  buckets: { 'cloudwatch DescribeAlarms': [9, 9], 'cloudwatch DescribeAlarmHistory': [20, 20] },
  of: byOperation({
    DescribeAlarms: 'cloudwatch DescribeAlarms',
    DescribeAlarmHistory: 'cloudwatch DescribeAlarmHistory',
  }),
});
