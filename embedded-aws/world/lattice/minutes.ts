import type { Clock } from '../clock.ts';
import type { Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';

const MINUTE = 60_000;

/** Milliseconds from the end of a minute to the first query that sees it. Assumed equal to a load balancer's. */
const PUBLISHED_AFTER = 45_000;

/** The dimension of a metric: the id of a service or target group. Unknown: lattice-service-dimension. */
export type Measured = { readonly Service: string } | { readonly TargetGroup: string };

interface Counts {
  readonly dimensions: Readonly<Record<string, string>>;
  requests: number;
  errors: number;
  seconds: number;
}

/**
 * Publishes the metrics of one minute in AWS/VpcLattice. Assumed: a count of errors is silent without an error, as those
 * of load balancers. https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html
 */
export class Minutes {
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  #minute = -1;
  #counts = new Map<string, Counts>();

  constructor(clock: Clock, metrics: Metrics) {
    this.#clock = clock;
    this.#metrics = metrics;
  }

  /** `at`: milliseconds since the epoch. */
  count(at: number, measured: Measured, answers: readonly Answers[]): void {
    const minute = Math.floor(at / MINUTE);
    if (minute !== this.#minute) this.#turn(minute);
    const key = Object.values(measured).join();
    const counts = this.#counts.get(key) ?? {
      dimensions: { ...measured },
      requests: 0,
      errors: 0,
      seconds: 0,
    };
    this.#counts.set(key, counts);
    for (const { status, targetSeconds, count } of answers) {
      counts.requests += count;
      if (status >= 500) counts.errors += count;
      counts.seconds += count * (targetSeconds ?? 0);
    }
  }

  #turn(minute: number): void {
    const [ended, counts] = [this.#minute * MINUTE, this.#counts];
    this.#minute = minute;
    this.#counts = new Map();
    if (counts.size === 0) return;
    this.#clock.at(ended + MINUTE + PUBLISHED_AFTER, () => {
      for (const each of counts.values()) this.#publish(ended, each);
    });
  }

  #publish(at: number, { dimensions, requests, errors, seconds }: Counts): void {
    const put = (name: string, value: number, unit: string) =>
      this.#metrics.record({ namespace: 'AWS/VpcLattice', dimensions, at, name, value, unit });
    put('TotalRequestCount', requests, 'Count');
    if (requests > errors) put('HTTPCode_2XX_Count', requests - errors, 'Count');
    if (errors > 0) put('HTTPCode_5XX_Count', errors, 'Count');
    if (requests > 0) put('RequestTime', (1000 * seconds) / requests, 'Milliseconds');
  }
}
