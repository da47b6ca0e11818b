import { ListAlarmMuteRulesCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';

/** Whether a mute rule holds back the actions of the alarm of this name now. */
export type IsMuted = (alarm: string) => Promise<boolean>;

/**
 * An alarm's event says so itself; of what DescribeAlarms shows nothing does.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
 */
export function createIsMuted(client: Pick<CloudWatchClient, 'send'>): IsMuted {
  return async (AlarmName) => {
    let page: { NextToken?: string } = {};
    do {
      const command = new ListAlarmMuteRulesCommand({ AlarmName, Statuses: ['ACTIVE'], ...page });
      const { AlarmMuteRuleSummaries = [], NextToken } = await client.send(command);
      if (AlarmMuteRuleSummaries.length > 0) return true;
      page = NextToken === undefined ? {} : { NextToken };
    } while (page.NextToken !== undefined);
    return false;
  };
}
