import type { Judgeable } from '../../src/rollback/document.ts';
import type { Found, Measured } from '../../src/rollback/facts.ts';
import type { Meter } from '../../src/rollback/plan.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import type { Client } from './cloudwatch.ts';
import type { Span } from '../../src/aws/metric-answer.ts';
import { readMeters } from '../../src/aws/metric-read.ts';
import { optional } from './optional.ts';

/** A deployment can be suspected for this long. */
const LOOK_BACK_MINUTES = 240;

const DAY_SECONDS = 86_400;

/** Yesterday is read a little further, which shows what usually comes next at this hour. */
const AHEAD_MINUTES = 20;

/** The metrics that are compared with yesterday. */
const DAILY: readonly Meter['metric'][] = ['requests', 'errors', 'latency'];

/**
 * Reads the metrics: one call for the last four hours, one for the same hours yesterday. Absent: no meter
 * is known. If only yesterday cannot be read, it is left out.
 */
export async function measure(
  client: Client,
  meters: readonly Meter[],
  now: Instant,
  withinMs?: number,
): Promise<Found<readonly Measured[]> | undefined> {
  if (meters.length === 0) return undefined;
  const daily = meters.filter(({ metric }) => DAILY.includes(metric));
  const today = spanUntil(now);
  const [recent, yesterday] = await Promise.all([
    optional(() => readMeters(client, meters, today, true), withinMs),
    daily.length === 0 ? undefined : optional(() => readMeters(client, daily, dayBefore(today)), withinMs),
  ]);
  if (!recent.known || yesterday?.known !== true) return recent;
  return {
    known: true,
    is: [...recent.is, ...yesterday.is.map((one) => ({ ...one, yesterday: true as const }))],
  };
}

/**
 * Returns the plan's meters, and those of the alarm that no meter of the plan covers. A meter of one side does not
 * cover the target.
 */
export function metersOf({ request: { trigger }, plan: { meters = [] } }: Judgeable): readonly Meter[] {
  const watched = trigger?.type === 'alarm' ? (trigger.meters ?? []) : [];
  const groups = meters.map(({ dimensions }) => dimensions['TargetGroup']);
  const isKnown = ({ metric, dimensions: { TargetGroup } }: Meter): boolean =>
    meters.some((meter) => meter.metric === metric && meter.revision === undefined) ||
    (TargetGroup !== undefined && groups.includes(TargetGroup));
  return [...meters, ...watched.filter((meter) => !isKnown(meter))];
}

/** Returns whole minutes only, because the current one is incomplete. */
function spanUntil(now: Instant): Span {
  const minute = Math.floor(Date.parse(now) / 60_000) * 60_000;
  const end = new Date(minute).toISOString();
  return { start: after(end, -LOOK_BACK_MINUTES * 60), minutes: LOOK_BACK_MINUTES };
}

function dayBefore({ start, minutes }: Span): Span {
  return { start: after(start, -DAY_SECONDS), minutes: minutes + AHEAD_MINUTES };
}
