import type { Clock } from '../clock.ts';
import type { Metrics } from '../seams.ts';

const MINUTE = 60_000;

/**
 * Milliseconds from the end of a minute to the first query that sees its metrics. Assumed equal to a load balancer's.
 */
const PUBLISHED_AFTER = 45_000;

/**
 * Publishes the results of an environment's clients in one minute, as an application's own monitoring does: AppConfig has
 * no such metric.
 */
export class Minutes {
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  #minute = -1;
  #counts = new Map<string, { requests: number; errors: number }>();

  constructor(clock: Clock, metrics: Metrics) {
    this.#clock = clock;
    this.#metrics = metrics;
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
          namespace: 'Flags',
          dimensions: { Environment: name },
          at: ended,
          unit: 'Count',
        };
        this.#metrics.record({ ...common, name: 'Requests', value: requests });
        this.#metrics.record({ ...common, name: 'Errors', value: errors });
      }
    });
  }
}
