import { paginateListAlarmMuteRules, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';

/** Whether a mute rule holds back the actions of the alarm of this name now. */
export type IsMuted = (alarm: string) => Promise<boolean>;

/**
 * An alarm's event says so itself; of what DescribeAlarms shows nothing does.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
 */
export function createIsMuted(client: CloudWatchClient): IsMuted {
  return async (AlarmName) => {
    const input = { AlarmName, Statuses: ['ACTIVE' as const] };
    for await (const { AlarmMuteRuleSummaries = [] } of paginateListAlarmMuteRules({ client }, input))
      if (AlarmMuteRuleSummaries.length > 0) return true;
    return false;
  };
}
