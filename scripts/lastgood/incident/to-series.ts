import type { WrittenLook } from '../../judge/incident.ts';
import type { Measured, Series } from '../../../src/rollback/facts.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import type { Moment } from './moment.ts';

/**
 * Seconds from the end of a minute until CloudWatch shows its datapoint. AWS gives no figure: a captured alarm was
 * evaluated without the datapoint after 19 seconds, and with it after 79. The judge did not see datapoints published
 * later.
 * Unknown: late-datapoints.
 */
export const PUBLISHED_AFTER_SECONDS = 45;

const STATS: Readonly<Record<Measured['metric'], { readonly stat: string; readonly unit: string }>> = {
  requests: { stat: 'Sum', unit: 'Count' },
  errors: { stat: 'Sum', unit: 'Count' },
  latency: { stat: 'p95', unit: 'Seconds' },
  cpu: { stat: 'Average', unit: 'Percent' },
  memory: { stat: 'Average', unit: 'Percent' },
  healthyHosts: { stat: 'Minimum', unit: 'Count' },
};

type WrittenSeries = NonNullable<WrittenLook['series']>;

/** Writes the datapoints that were published by the time of the look. */
export function toSeries(measured: readonly Measured[], { at, request: { target } }: Moment): WrittenSeries {
  return measured.map(({ metric, relation, revision, zone, series }) => ({
    metric,
    ...STATS[metric],
    of: {
      target,
      relation,
      ...(revision !== undefined && { revision }),
      ...(zone !== undefined && { zone }),
    },
    start: series.start,
    periodSeconds: series.periodSeconds,
    values: publishedBy(at, series),
  }));
}

function publishedBy(at: Instant, { start, periodSeconds, values }: Series): (number | null)[] {
  const until = after(at, -PUBLISHED_AFTER_SECONDS);
  return values.map((value, k) => (isAfter(after(start, (k + 1) * periodSeconds), until) ? null : value));
}
