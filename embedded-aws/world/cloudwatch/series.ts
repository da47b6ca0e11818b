import type { Datum } from '../seams.ts';

/** One measurement or statistic set. Instants are milliseconds since the epoch. */
export interface Sample {
  readonly at: number;
  /** From when on queries see it. */
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

/** All metrics: each combination of namespace, name and dimensions is a series of its own. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  /** Keeps a measurement, however late it comes, at the place of its instant. */
  add({ namespace, name, dimensions }: MetricName, sample: Sample): void {
    const key = keyOf({ namespace, name, dimensions });
    const series = this.#series.get(key) ?? { namespace, name, dimensions, samples: [] };
    this.#series.set(key, series);
    const index = series.samples.findLastIndex((other) => other.at <= sample.at) + 1;
    series.samples.splice(index, 0, sample);
  }

  /** What lies in [from, to) and is visible at `now`, oldest first. */
  between(metric: MetricName, from: number, to: number, now: number): readonly Sample[] {
    const samples = this.#series.get(keyOf(metric))?.samples ?? [];
    const first = samples.findLastIndex(({ at }) => at < from) + 1;
    const last = samples.findLastIndex(({ at }) => at < to) + 1;
    return samples.slice(first, last).filter(({ visibleAt }) => visibleAt <= now);
  }

  /** Metrics with anything visible at `now` that was measured at or after `since`. */
  names(now: number, since = -Infinity): readonly MetricName[] {
    return [...this.#series.values()].filter(({ samples }) =>
      samples.some(({ at, visibleAt }) => at >= since && visibleAt <= now),
    );
  }
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const pairs = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, pairs]);
}

/** A measurement, made `count` times with the same value, as a sample. */
export function sampleOf(
  { value, unit, count = 1 }: Pick<Datum, 'value' | 'unit' | 'count'>,
  at: number,
  visibleAt: number,
): Sample {
  return { at, visibleAt, sum: value * count, minimum: value, maximum: value, count, unit };
}
