import type { Clock } from '../clock.ts';
import type { Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';

const MINUTE = 60_000;

/**
 * Milliseconds from the end of a minute to the first query that sees its metrics. Assumed equal to a load balancer's.
 * Unknown: late-metrics.
 */
const PUBLISHED_AFTER = 45_000;

interface Tally {
  readonly dimensions: Readonly<Record<string, string>>;
  requests: number;
  errors: number;
  /** Number of requests by latency in milliseconds. */
  readonly latencies: Map<number, number>;
}

/**
 * Sums the metrics of one minute, and publishes them for the API and for the stage, both by the API's name. An error
 * counts as 1 and any other answer as 0, so the average of 5XXError is the rate. The requests of a canary count in its
 * stage. Metrics of the canary alone need execution logging, which is not modelled.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export class Minutes {
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  #began: number | null = null;
  #tallies = new Map<string, Tally>();

  constructor(clock: Clock, metrics: Metrics) {
    this.#clock = clock;
    this.#metrics = metrics;
  }

  count(name: string, stage: string, answers: Answers): void {
    this.#turn();
    const ApiName = dimensionOf(name);
    for (const dimensions of [{ ApiName }, { ApiName, Stage: stage }])
      addUp(this.#tally(dimensions), answers);
  }

  /** Begins a new minute once the present one is over. */
  #turn(): void {
    const minute = Math.floor(this.#clock.now() / MINUTE) * MINUTE;
    const ended = this.#began;
    if (ended === minute) return;
    const tallies = [...this.#tallies.values()];
    this.#tallies = new Map();
    this.#began = minute;
    if (ended === null) return;
    this.#clock.at(ended + MINUTE + PUBLISHED_AFTER, () => {
      for (const tally of tallies) this.#publish(tally, ended);
    });
  }

  #tally(dimensions: Tally['dimensions']): Tally {
    const key = JSON.stringify(Object.values(dimensions));
    const tally = this.#tallies.get(key) ?? { dimensions, requests: 0, errors: 0, latencies: new Map() };
    this.#tallies.set(key, tally);
    return tally;
  }

  #publish({ dimensions, requests, errors, latencies }: Tally, at: number): void {
    const common = { namespace: 'AWS/ApiGateway', dimensions, at };
    const count = (name: string, value: number, many: number): void => {
      if (many > 0) this.#metrics.record({ ...common, name, value, count: many, unit: 'Count' });
    };
    count('Count', 1, requests);
    count('5XXError', 1, errors);
    count('5XXError', 0, requests - errors);
    count('4XXError', 0, requests);
    for (const name of ['Latency', 'IntegrationLatency'])
      for (const [value, many] of latencies)
        this.#metrics.record({ ...common, name, value, count: many, unit: 'Milliseconds' });
  }
}

/** Characters other than ASCII are not in the dimension, by the same page. */
function dimensionOf(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '');
}

function addUp(tally: Tally, { status, targetSeconds, count }: Answers): void {
  tally.requests += count;
  if (status !== 200) tally.errors += count;
  if (targetSeconds === null) return;
  const milliseconds = targetSeconds * 1000;
  tally.latencies.set(milliseconds, (tally.latencies.get(milliseconds) ?? 0) + count);
}
