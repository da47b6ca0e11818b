import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmsNamed, MAX_ALARMS_PER_CALL } from '../../src/aws/alarms.ts';
import { inBatches } from '../../src/aws/batches.ts';
import type { Found } from '../../src/rollback/facts.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { optional } from './optional.ts';

/** Reads which alarms that the plan watches, or that its tags name, do not exist. */
export type AbsentAlarms = (plan: Plan) => Promise<Found<readonly string[]>>;

/**
 * For a plan that an operator reads. A rollback spares the call: Verify finds the alarm unknown.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function createAbsentAlarms(client: Pick<CloudWatchClient, 'send'>): AbsentAlarms {
  return (plan) =>
    optional(async () => {
      const watched = 'watch' in plan ? plan.watch.alarms : [];
      const names = [...new Set([...watched, ...readSettings(plan.tags).alarms])];
      const found = await Promise.all(
        inBatches(names, MAX_ALARMS_PER_CALL).map((batch) => alarmsNamed(client, batch)),
      );
      const existing = new Set(found.flat().map(({ AlarmName }) => AlarmName));
      return names.filter((name) => !existing.has(name));
    });
}
