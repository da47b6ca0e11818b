import * as z from 'zod/mini';
import { meterOf } from '../../aws/metric-words.ts';
import type { Meter } from '../../rollback/plan.ts';

const Metric = z.object({
  accountId: z.optional(z.string()),
  metricStat: z.object({
    metric: z.object({
      namespace: z.string(),
      name: z.string(),
      dimensions: z.record(z.string(), z.string()),
    }),
  }),
});

const Payload = z.object({ configuration: z.object({ metrics: z.array(z.unknown()) }) });

/**
 * Returns the meters of an alarm's metrics, from the `detail` of its event or the `alarmData` of its action. Leaves out
 * expressions, metrics without a meter, and metrics of other accounts.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function metersOf(payload: unknown, account: string | undefined): readonly Meter[] {
  const read = Payload.safeParse(payload);
  return (read.data?.configuration.metrics ?? []).flatMap((metric) => {
    const { data } = Metric.safeParse(metric);
    if (data === undefined || (data.accountId ?? account) !== account) return [];
    return meterOf(data.metricStat.metric) ?? [];
  });
}
