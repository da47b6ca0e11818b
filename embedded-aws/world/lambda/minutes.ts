import type { Clock } from '../clock.ts';
import type { Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';

const MINUTE = 60_000;

/**
 * Milliseconds from the end of a minute to the first query that sees its metrics. Assumed equal to a load balancer's.
 * Unknown: late-metrics.
 */
const PUBLISHED_AFTER = 45_000;

/** The status of an answer to a throttled request (API_Invoke, AWS Lambda: TooManyRequestsException). */
export const THROTTLED = 429;

type Dimensions = Readonly<Record<string, string>>;

interface Tally {
  readonly dimensions: Dimensions;
  invocations: number;
  errors: number;
  throttles: number;
  /** Number of invocations by duration in milliseconds. */
  readonly durations: Map<number, number>;
}

/**
 * Sums the metrics of one minute. Publishes them for the function, the alias, and each version that answered for the
 * alias. Errors are published with every invocation, as 0 or 1. A throttled request counts as neither.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class Minutes {
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  #began: number | null = null;
  #tallies = new Map<string, Tally>();
  /** The tallies of an invocation, by function, alias and version: invocations come by the thousand. */
  #counted = new Map<string, readonly Tally[]>();

  constructor(clock: Clock, metrics: Metrics) {
    this.#clock = clock;
    this.#metrics = metrics;
  }

  count(functionName: string, alias: string, version: string, answers: Answers): void {
    this.#turn();
    const key = `${functionName}:${alias}:${version}`;
    const counted = this.#counted.get(key) ?? this.#talliesOf(functionName, alias, version);
    this.#counted.set(key, counted);
    for (const tally of counted) addUp(tally, answers);
  }

  #talliesOf(functionName: string, alias: string, version: string): readonly Tally[] {
    const byFunction = { FunctionName: functionName };
    const byAlias = { ...byFunction, Resource: `${functionName}:${alias}` };
    const each = [byFunction, byAlias, { ...byAlias, ExecutedVersion: version }];
    return each.map((dimensions) => this.#tally(dimensions));
  }

  /** Begins a new minute once the present one is over. */
  #turn(): void {
    const minute = Math.floor(this.#clock.now() / MINUTE) * MINUTE;
    const ended = this.#began;
    if (ended === minute) return;
    const tallies = [...this.#tallies.values()];
    this.#tallies = new Map();
    this.#counted = new Map();
    this.#began = minute;
    if (ended === null) return;
    this.#clock.at(ended + MINUTE + PUBLISHED_AFTER, () => {
      for (const tally of tallies) this.#publish(tally, ended);
    });
  }

  #tally(dimensions: Dimensions): Tally {
    const key = Object.values(dimensions).join(' ');
    const tally = this.#tallies.get(key) ?? {
      ...{ dimensions, invocations: 0, errors: 0, throttles: 0 },
      durations: new Map(),
    };
    this.#tallies.set(key, tally);
    return tally;
  }

  #publish({ dimensions, invocations, errors, throttles, durations }: Tally, at: number): void {
    const common = { namespace: 'AWS/Lambda', dimensions, at };
    if (throttles > 0)
      this.#metrics.record({ ...common, name: 'Throttles', value: 1, count: throttles, unit: 'Count' });
    if (invocations === 0) return;
    this.#metrics.record({ ...common, name: 'Invocations', value: 1, count: invocations, unit: 'Count' });
    if (errors > 0)
      this.#metrics.record({ ...common, name: 'Errors', value: 1, count: errors, unit: 'Count' });
    if (errors < invocations)
      this.#metrics.record({
        ...common,
        name: 'Errors',
        value: 0,
        count: invocations - errors,
        unit: 'Count',
      });
    for (const [value, count] of durations)
      this.#metrics.record({ ...common, name: 'Duration', value, count, unit: 'Milliseconds' });
  }
}

function addUp(tally: Tally, { status, targetSeconds, count }: Answers): void {
  if (status === THROTTLED) {
    tally.throttles += count;
    return;
  }
  tally.invocations += count;
  if (status !== 200) tally.errors += count;
  if (targetSeconds === null) return;
  const milliseconds = targetSeconds * 1000;
  tally.durations.set(milliseconds, (tally.durations.get(milliseconds) ?? 0) + count);
}
