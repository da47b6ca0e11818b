import { DescribeAlarmContributorsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { readableReason } from '../../src/rollback/readable.ts';
import { NOTHING, type EvidenceSource } from './source.ts';

/** The errors for an alarm without contributors, as far as it is known: the page names only the first. */
const WITHOUT = ['ResourceNotFoundException', 'ValidationException', 'ValidationError'];

/**
 * Reads which time series are red, of an alarm over many: the alarm that started the rollback. One call.
 * Unknown: contributors-of-one-series.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmContributors.html
 */
export function alarmContributors(client: Pick<CloudWatchClient, 'send'>): EvidenceSource {
  return {
    name: 'alarm contributors',
    async read({ request: { trigger } }, abortSignal) {
      if (trigger?.type !== 'alarm') return NOTHING;
      const command = new DescribeAlarmContributorsCommand({ AlarmName: trigger.alarm });
      const { AlarmContributors = [] } = await client
        .send(command, { abortSignal })
        .catch((error: unknown) => {
          if (error instanceof Error && WITHOUT.includes(error.name)) return { AlarmContributors: [] };
          throw error;
        });
      return {
        lines: AlarmContributors.map(({ ContributorAttributes = {}, StateReason = '' }) => {
          const of = Object.entries(ContributorAttributes).map(([name, value]) => `${name}=${value}`);
          return `${of.join(', ')}: ${readableReason(StateReason)}`;
        }),
      };
    },
  };
}
