import { AwsError } from '../service.ts';
import type { Sample } from './series.ts';

/** The value of one period. */
export interface Point {
  /** Start of the period, milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
  readonly sampleCount: number;
}

/**
 * Computes `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount` and percentiles (`p99`, `p99.9`). Percentiles
 * interpolate between single measurements; a statistic set counts as its mean, as often as it has samples.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 * @throws AwsError `ValidationError` for a statistic that is not known here
 */
export function statistic(name: string, samples: readonly Sample[]): number {
  const count = total(samples, 'count');
  switch (name) {
    case 'SampleCount':
      return count;
    case 'Sum':
      return total(samples, 'sum');
    case 'Average':
      return total(samples, 'sum') / count;
    case 'Minimum':
      return Math.min(...samples.map(({ minimum }) => minimum));
    case 'Maximum':
      return Math.max(...samples.map(({ maximum }) => maximum));
    default:
      return percentile(samples, rank(name));
  }
}

function total(samples: readonly Sample[], field: 'count' | 'sum'): number {
  return samples.reduce((sum, sample) => sum + sample[field], 0);
}

function rank(name: string): number {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name) ?? [];
  if (digits === undefined) throw new AwsError('ValidationError', `Statistic '${name}' is not supported`);
  return Number(digits) / 100;
}

function percentile(samples: readonly Sample[], share: number): number {
  const means = samples.map(({ sum, count }) => ({ value: sum / count, count }));
  const ordered = means.toSorted((one, other) => one.value - other.value);
  const place = share * (total(samples, 'count') - 1);
  const [low, high] = [valueAt(ordered, Math.floor(place)), valueAt(ordered, Math.ceil(place))];
  return low + (high - low) * (place - Math.floor(place));
}

/** Returns the value at a position, counted from 0, of sorted measurements. */
function valueAt(
  ordered: readonly { readonly value: number; readonly count: number }[],
  place: number,
): number {
  let before = 0;
  return ordered.find(({ count }) => (before += count) > place)?.value ?? 0;
}

/** Returns one point for each period of [from, to) that has a measurement. The samples are of that time, oldest first. */
export function points(
  name: string,
  samples: readonly Sample[],
  { from, to, period }: { readonly from: number; readonly to: number; readonly period: number },
): readonly Point[] {
  const result: Point[] = [];
  let next = 0;
  for (let at = from; at < to; at += period) {
    const first = next;
    while ((samples[next]?.at ?? Infinity) < at + period) next++;
    if (next === first) continue;
    const within = samples.slice(first, next);
    result.push({ at, value: statistic(name, within), sampleCount: total(within, 'count') });
  }
  return result;
}
