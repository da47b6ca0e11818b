import * as z from 'zod/mini';
import { toInstant } from '../instant.ts';
import { signOfForgery, type Watching } from './forgery.ts';
import { watchingOf } from './watching.ts';

const optional = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

const Query = z.object({
  expression: optional(z.string()),
  period: optional(z.number()),
  metricStat: optional(z.object({ period: optional(z.number()), stat: optional(z.string()) })),
});

/** What an event says of the turn of an alarm, and of what the alarm watches. */
const Turn = z.object({
  state: z.object({
    timestamp: z.string(),
    reason: optional(z.string()),
    reasonData: optional(z.string()),
  }),
  configuration: optional(z.object({ metrics: optional(z.array(Query)), alarmRule: optional(z.string()) })),
  alarmContributor: z.optional(z.unknown()),
});
type Turn = z.infer<typeof Turn>;

/**
 * Returns the sign in an event that an alarm was set by hand, or null. The event names no threshold: the judge compares
 * the rest with the settings of the alarm.
 * @param arn of the alarm
 */
export function signInEvent(payload: unknown, arn: string | null): string | null {
  const { data } = Turn.safeParse(payload);
  if (data === undefined) return null;
  const { timestamp, reason = '', reasonData } = data.state;
  const at = toInstant(timestamp);
  return signOfForgery(watchingIn(data, arn), { at: at === null ? [] : [at], reason, reasonData });
}

/** CloudWatch gives no data about the turn of one of many time series. */
function watchingIn(
  { configuration: { metrics = [], alarmRule } = {}, alarmContributor }: Turn,
  arn: string | null,
): Watching {
  if (alarmContributor !== undefined) return { of: 'other' };
  if (alarmRule !== undefined) return { of: 'composite', arn: arn ?? undefined, rule: alarmRule };
  return watchingOf(
    metrics.map(({ expression, period, metricStat }) => ({
      expression,
      periodSeconds: metricStat?.period ?? period,
      statistic: metricStat?.stat,
    })),
  );
}
