import { remembered } from '../remembered.ts';
import type { Datum } from '../seams.ts';

/** One measurement or statistic set. Instants are milliseconds since the epoch. */
export interface Sample {
  readonly at: number;
  /** The instant from which queries see it. */
  readonly visibleAt: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
  readonly unit: string | undefined;
}

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Series extends MetricName {
  readonly samples: Sample[];
}

/** All metrics. Each combination of namespace, name and dimensions is a separate series. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  /** Adds a measurement at its instant, however late it arrives. */
  add({ namespace, name, dimensions }: MetricName, sample: Sample): void {
    const key = keyOf({ namespace, name, dimensions });
    const series = this.#series.get(key) ?? { namespace, name, dimensions, samples: [] };
    this.#series.set(key, series);
    const index = series.samples.findLastIndex((other) => other.at <= sample.at) + 1;
    series.samples.splice(index, 0, sample);
  }

  /** Returns the samples in [from, to) that are visible at `now`, oldest first. */
  between(metric: MetricName, from: number, to: number, now: number): readonly Sample[] {
    const samples = this.#series.get(knownKeyOf(metric))?.samples ?? [];
    const first = samples.findLastIndex(({ at }) => at < from) + 1;
    const last = samples.findLastIndex(({ at }) => at < to) + 1;
    return samples.slice(first, last).filter(({ visibleAt }) => visibleAt <= now);
  }

  /** Returns whether no sample was measured at or after an instant, visible or not. */
  isSilent(metric: MetricName, since: number): boolean {
    const newest = this.#series.get(knownKeyOf(metric))?.samples.at(-1);
    return newest === undefined || newest.at < since;
  }

  /** Returns the metrics with a sample visible at `now` and measured at or after `since`. */
  names(now: number, since = -Infinity): readonly MetricName[] {
    return [...this.#series.values()].filter(({ samples }) =>
      samples.some(({ at, visibleAt }) => at >= since && visibleAt <= now),
    );
  }
}

/** Names and values of CloudWatch are printable, so the separators are in none. */
function keyOf({ namespace, name, dimensions }: MetricName): string {
  const pairs = Object.keys(dimensions)
    .sort()
    .map((key) => `${key}\u0001${dimensions[key] ?? ''}`);
  return `${namespace}\u0000${name}\u0000${pairs.join('\u0000')}`;
}

/** For metrics that are asked about again and again: those of an alarm. */
const knownKeyOf = remembered(keyOf);

/** Returns a sample of `count` equal measurements. */
export function sampleOf(
  { value, unit, count = 1 }: Pick<Datum, 'value' | 'unit' | 'count'>,
  at: number,
  visibleAt: number,
): Sample {
  return { at, visibleAt, sum: value * count, minimum: value, maximum: value, count, unit };
}
