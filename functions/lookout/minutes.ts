import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Span } from '../../src/aws/metric-answer.ts';
import { readMeters } from '../../src/aws/metric-read.ts';
import type { BothSides, Minutes } from '../../src/lookout/document.ts';
import type { Measured } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, secondsBetween } from '../../src/rollback/time.ts';

/** Reads the minutes of both sides, and of the whole target, in one call. */
export type ReadMinutes = (sides: BothSides, now: Instant) => Promise<readonly Minutes[]>;

/** The minutes before the deployment show what is usual. */
const BEFORE_MINUTES = 10;

export function createReadMinutes(client: Pick<CloudWatchClient, 'send'>): ReadMinutes {
  return async (sides, now) => {
    if (sides.meters.length === 0) return [];
    const measured = await readMeters(client, sides.meters, spanOf(sides, now));
    return (['newer', 'older', 'whole'] as const).map((of) => minutesOf(of, measured, sides));
  };
}

/** Returns whole minutes: the present one is incomplete. */
function spanOf({ startedAt }: BothSides, now: Instant): Span {
  const minute = (at: Instant) => new Date(Math.floor(Date.parse(at) / 60_000) * 60_000).toISOString();
  const from = minute(after(startedAt, -BEFORE_MINUTES * 60));
  return { start: from, minutes: Math.floor(secondsBetween(from, minute(now)) / 60) };
}

function minutesOf(of: Minutes['of'], measured: readonly Measured[], sides: BothSides): Minutes {
  const revision = of === 'whole' ? undefined : sides[of].revision.id;
  const series = (metric: Measured['metric']) =>
    measured.find((one) => one.metric === metric && one.revision === revision && one.zone === undefined)
      ?.series ?? null;
  return { of, requests: series('requests'), errors: series('errors'), latency: series('latency') };
}
