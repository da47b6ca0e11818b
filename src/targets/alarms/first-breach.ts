import * as z from 'zod/mini';
import type { Onset } from '../../rollback/onset.ts';
import { after, isAfter } from '../../rollback/time.ts';
import { toInstant } from '../instant.ts';
import { parseJson } from '../../rollback/json.ts';

const Datapoint = z.object({ timestamp: z.string(), value: z.optional(z.number()) });

/** The part of `state.reasonData` that holds the datapoints. */
const ReasonData = z.object({
  startDate: z.optional(z.string()),
  period: z.number().check(z.minimum(1), z.maximum(604_800)),
  threshold: z.optional(z.number()),
  recentDatapoints: z.optional(z.array(z.number())),
  evaluatedDatapoints: z.optional(z.array(Datapoint)),
});
type ReasonData = z.infer<typeof ReasonData>;

interface Point {
  readonly at: string;
  readonly value: number;
}

/**
 * Reads the first breaching datapoint among those that turned an alarm. Returns null if the event names none. An
 * anomaly band has no single threshold, so the oldest datapoint is used instead, and the onset is marked as estimated.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function firstBreach(reasonData: string | undefined, reason = ''): Onset | null {
  const read = ReasonData.safeParse(parseJson(reasonData));
  if (!read.success) return null;
  const points = pointsOf(read.data);
  const newest = points.at(-1);
  if (newest === undefined) return null;
  const { period, threshold } = read.data;
  const first = threshold === undefined ? points[0] : points.find(breaching(threshold, newest, reason));
  const at = first?.at ?? newest.at;
  return { at, until: after(at, period), ...(threshold === undefined && { estimated: true as const }) };
}

/** Returns the datapoints, oldest first. */
function pointsOf({
  evaluatedDatapoints,
  recentDatapoints = [],
  startDate,
  period,
}: ReasonData): readonly Point[] {
  const evaluated = (evaluatedDatapoints ?? []).flatMap(({ timestamp, value }) => {
    const at = toInstant(timestamp);
    return at === null || value === undefined ? [] : [{ at, value }];
  });
  if (evaluated.length >= recentDatapoints.length)
    return evaluated.toSorted((one, other) => (isAfter(one.at, other.at) ? 1 : -1));
  const start = toInstant(startDate ?? '');
  return start === null
    ? []
    : recentDatapoints.map((value, at) => ({ at: after(start, at * period), value }));
}

/**
 * Returns what says whether a point breaches. The event names no comparison, but its sentence does: `2 out of the last 3
 * datapoints […] were greater than the threshold`. Without it the newest datapoint counts as one that breaches. Of M out of N
 * it need not.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
function breaching(threshold: number, newest: Point, reason: string): (point: Point) => boolean {
  const [, way, orEqual] =
    /\bw(?:as|ere) (greater|less) than (or equal to )?the threshold/.exec(reason) ?? [];
  if (way === undefined)
    return ({ value }) => Math.sign(value - threshold) === Math.sign(newest.value - threshold);
  const sign = way === 'greater' ? 1 : -1;
  return ({ value }) => sign * (value - threshold) > 0 || (orEqual !== undefined && value === threshold);
}
