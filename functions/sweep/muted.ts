import { paginateListAlarmMuteRules, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';

/** Says whether a mute rule suppresses the actions of an alarm now. */
export type IsMuted = (alarm: string) => Promise<boolean>;

/**
 * Asks for the mute rules, because DescribeAlarms does not show them. An alarm's event does.
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
