import type { Clock } from './clock.ts';
import type { Metrics } from './seams.ts';

const MINUTE = 60_000;

/**
 * Milliseconds from the end of a minute to the first query that sees its metrics. Assumed equal to a load balancer's.
 */
const PUBLISHED_AFTER = 45_000;

/** The metric that an application publishes of itself, because its AWS service has none. */
export interface OwnMetric {
  readonly namespace: string;
  dimensionsOf(name: string): Readonly<Record<string, string>>;
}

/** Publishes the results of users in one minute, by name, as an application's own monitoring does. */
export class OwnMinutes {
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #metric: OwnMetric;
  #minute = -1;
  #counts = new Map<string, { requests: number; errors: number }>();

  constructor(clock: Clock, metrics: Metrics, metric: OwnMetric) {
    this.#clock = clock;
    this.#metrics = metrics;
    this.#metric = metric;
  }

  /** `at`: milliseconds since the epoch. */
  count(at: number, name: string, failed: boolean, count: number): void {
    const minute = Math.floor(at / MINUTE);
    if (minute !== this.#minute) this.#turn(minute);
    const counts = this.#counts.get(name) ?? { requests: 0, errors: 0 };
    this.#counts.set(name, counts);
    counts.requests += count;
    if (failed) counts.errors += count;
  }

  #turn(minute: number): void {
    const [ended, counts] = [this.#minute * MINUTE, this.#counts];
    this.#minute = minute;
    this.#counts = new Map();
    if (counts.size === 0) return;
    this.#clock.at(ended + MINUTE + PUBLISHED_AFTER, () => {
      for (const [name, { requests, errors }] of counts) {
        const common = {
          namespace: this.#metric.namespace,
          dimensions: this.#metric.dimensionsOf(name),
          at: ended,
          unit: 'Count',
        };
        this.#metrics.record({ ...common, name: 'Requests', value: requests });
        this.#metrics.record({ ...common, name: 'Errors', value: errors });
      }
    });
  }
}
