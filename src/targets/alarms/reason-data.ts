import * as z from 'zod/mini';
import { toInstant } from '../instant.ts';
import { parseJson } from '../../rollback/json.ts';
import type { Instant } from '../../rollback/request.ts';

const time = z.string().check(z.refine((text) => toInstant(text) !== null));
const numbers = z.array(z.number());

/**
 * The data with which CloudWatch explains the state of a metric alarm. `evaluatedDatapoints` lists one datapoint a
 * period, newest first, and missing ones without a value; `recentDatapoints` lists the values alone, oldest first.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
const ReasonData = z.object({
  queryDate: time,
  startDate: z.optional(time),
  statistic: z.optional(z.string()),
  period: z.number().check(z.minimum(1), z.maximum(604_800)),
  threshold: z.optional(z.number()),
  recentDatapoints: z.optional(numbers),
  recentLowerThresholds: z.optional(numbers),
  recentUpperThresholds: z.optional(numbers),
  evaluatedDatapoints: z.optional(z.array(z.object({ timestamp: time, value: z.optional(z.number()) }))),
});
export type ReasonData = z.infer<typeof ReasonData>;

/** Reads the data of a metric alarm. Null: they are not in the form that CloudWatch writes. */
export function readReasonData(text: string | undefined): ReasonData | null {
  return ReasonData.safeParse(parseJson(text)).data ?? null;
}

const QueryDate = z.object({ queryDate: time });

/** Reads only when CloudWatch asked for the data. An alarm on many time series names no more. */
export function readQueryDate(text: string | undefined): Instant | null {
  const { data } = QueryDate.safeParse(parseJson(text));
  return data === undefined ? null : toInstant(data.queryDate);
}

const Composite = z.object({
  triggeringAlarms: z.array(z.object({ arn: z.string(), state: z.object({ value: z.string() }) })),
});

/** Reads the ARNs of the alarms that turned a composite alarm. Null: the data are not in CloudWatch's form. */
export function readTriggeringAlarms(text: string | undefined): readonly string[] | null {
  const { data } = Composite.safeParse(parseJson(text));
  return data === undefined ? null : data.triggeringAlarms.map(({ arn }) => arn);
}
