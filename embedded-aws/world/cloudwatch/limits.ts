import { arn } from '../aws.ts';
import type { Access, Bucket } from '../service.ts';

/**
 * Transactions per second, per account and Region. The page gives no burst: one second's worth is assumed. For
 * operations with smaller quotas that it does not list, three per second is assumed. It lists none of tags and mute
 * rules; assumed are those of histories. It gives 10 for each operation of dashboards. Unknown: cloudwatch-tag-rates.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
const bucket = (name: string, perSecond: number): Bucket => ({
  name: `monitoring/${name}`,
  burst: perSecond,
  perSecond,
  error: 'ThrottlingException',
});

export const limit = {
  describeAlarms: bucket('DescribeAlarms', 9),
  setAlarmState: bucket('SetAlarmState', 3),
  putMetricAlarm: bucket('PutMetricAlarm', 3),
  putCompositeAlarm: bucket('PutCompositeAlarm', 3),
  deleteAlarms: bucket('DeleteAlarms', 3),
  toggleActions: bucket('AlarmActions', 3),
  describeAlarmHistory: bucket('DescribeAlarmHistory', 20),
  describeAlarmContributors: bucket('DescribeAlarmContributors', 3),
  getMetricData: bucket('GetMetricData', 500),
  getMetricStatistics: bucket('GetMetricStatistics', 400),
  getMetricWidgetImage: bucket('GetMetricWidgetImage', 20),
  listMetrics: bucket('ListMetrics', 25),
  putMetricData: bucket('PutMetricData', 500),
  tags: bucket('Tags', 20),
  muteRules: bucket('MuteRules', 20),
  dashboards: bucket('Dashboards', 10),
} as const;

export const alarmArn = (name: string): string => arn('cloudwatch', `alarm:${name}`);

/** Checks an action that has no resource-level permissions. */
export const anywhere = (action: string) => (): readonly Access[] => [
  { action: `cloudwatch:${action}`, resource: '*' },
];
