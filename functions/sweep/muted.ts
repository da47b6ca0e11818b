import {
  GetAlarmMuteRuleCommand,
  paginateListAlarmMuteRules,
  type CloudWatchClient,
} from '@aws-sdk/client-cloudwatch';
import { eachOf } from '../../src/aws/each.ts';
import { isNamed } from '../../src/aws/errors.ts';

/** Says whether a mute rule suppresses the actions of an alarm now. */
export type IsMuted = (alarm: string) => Promise<boolean>;

/**
 * Reads the names of the alarms that a mute rule suppresses now: the active rules, and then each of them. DescribeAlarms
 * does not show them; an alarm's event does.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetAlarmMuteRule.html
 */
export async function mutedAlarms(client: CloudWatchClient): Promise<ReadonlySet<string>> {
  const rules: string[] = [];
  const input = { Statuses: ['ACTIVE' as const] };
  for await (const { AlarmMuteRuleSummaries = [] } of paginateListAlarmMuteRules({ client }, input))
    rules.push(...AlarmMuteRuleSummaries.flatMap(({ AlarmMuteRuleArn }) => nameIn(AlarmMuteRuleArn)));
  const muted = new Set<string>();
  await eachOf(rules, async (rule) => {
    for (const alarm of await alarmsOf(client, rule)) muted.add(alarm);
  });
  return muted;
}

function nameIn(arn = ''): readonly string[] {
  return /:alarm-mute-rule:(.+)$/.exec(arn)?.slice(1) ?? [];
}

/** Returns the alarms of a rule. One that was deleted since the list mutes none. */
async function alarmsOf(client: CloudWatchClient, rule: string): Promise<readonly string[]> {
  try {
    const { MuteTargets } = await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: rule }));
    return MuteTargets?.AlarmNames ?? [];
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException', 'ResourceNotFound')) return [];
    throw error;
  }
}
