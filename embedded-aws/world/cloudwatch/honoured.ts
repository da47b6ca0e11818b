import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  DeleteAlarms: 'AlarmNames',
  DeleteDashboards: 'DashboardNames',
  DescribeAlarmContributors: 'AlarmName',
  DescribeAlarmHistory: `
    AlarmName AlarmContributorId AlarmTypes HistoryItemType StartDate EndDate MaxRecords NextToken
    ScanBy`,
  DescribeAlarms: 'AlarmNames AlarmNamePrefix AlarmTypes StateValue ActionPrefix MaxRecords NextToken',
  DisableAlarmActions: 'AlarmNames',
  EnableAlarmActions: 'AlarmNames',
  GetAlarmMuteRule: 'AlarmMuteRuleName',
  GetDashboard: 'DashboardName',
  GetMetricData: 'MetricDataQueries StartTime EndTime ScanBy',
  GetMetricStatistics: `
    Namespace MetricName Dimensions StartTime EndTime Period Statistics ExtendedStatistics`,
  GetMetricWidgetImage: 'MetricWidget OutputFormat',
  ListAlarmMuteRules: 'AlarmName Statuses',
  ListDashboards: 'DashboardNamePrefix',
  ListMetrics: 'Namespace MetricName Dimensions',
  ListTagsForResource: 'ResourceARN',
  PutAlarmMuteRule: 'Name Rule MuteTargets',
  PutCompositeAlarm: `
    ActionsEnabled AlarmActions AlarmDescription AlarmName AlarmRule InsufficientDataActions OKActions
    Tags ActionsSuppressor ActionConfiguration`,
  PutDashboard: 'DashboardName DashboardBody',
  PutMetricAlarm: `
    AlarmName AlarmDescription ActionsEnabled OKActions AlarmActions InsufficientDataActions MetricName
    Namespace Statistic ExtendedStatistic Dimensions Period Unit EvaluationPeriods DatapointsToAlarm
    Threshold ComparisonOperator TreatMissingData EvaluateLowSampleCountPercentile Metrics Tags
    ThresholdMetricId ActionConfiguration`,
  PutMetricData: 'Namespace MetricData',
  SetAlarmState: 'AlarmName StateValue StateReason StateReasonData',
  TagResource: 'ResourceARN Tags',
  UntagResource: 'ResourceARN TagKeys',
});
