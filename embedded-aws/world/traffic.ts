import type { Surroundings } from './aws.ts';
import type { Timer } from './clock.ts';
import type { Routing } from './elb/routing.ts';
import type { Backends, Metrics } from './seams.ts';
import { Moves } from './traffic/moves.ts';
import { createSites, type Names, type Sites } from './traffic/sites.ts';
import { Publisher, type Answers } from './traffic/publisher.ts';
import { createServing, type RequestsAt } from './traffic/serving.ts';
import { Trouble } from './traffic/trouble.ts';
import type { Users } from './traffic/users.ts';

export interface TrafficOptions {
  /** Requests per second on each listener. */
  readonly requestsPerSecond?: number;
  /** A response time above this counts as slow. */
  readonly slowSeconds?: number;
  /** Seconds from one round of requests to the next, a divisor of 60. A longer one is coarser and costs less. */
  readonly tickSeconds?: number;
  /** Returns the requests of users at a listener, one for each rule that has users. The default is one. */
  readonly requestsAt?: RequestsAt;
}

export interface Parties {
  readonly elb: Routing;
  readonly backends: Backends;
  readonly metrics: Metrics;
  /** DNS names besides those of the load balancers. */
  readonly names?: Names;
  /** Users without a load balancer. */
  readonly others?: readonly Users[];
}

/**
 * One tick of traffic, by default a second: `errors` are 5xx of targets or load balancer, `slow` those that took too long without an
 * error.
 */
export interface Served {
  readonly at: Date;
  readonly requests: number;
  readonly errors: number;
  readonly slow: number;
}

export interface Traffic {
  /** The load balancers, as single clients reach them. */
  readonly sites: Sites;
  /** Returns one entry per tick, by default a second, oldest first. */
  history(): readonly Served[];
  /** Returns the start of the current or last trouble, as {@link Trouble} defines it; null without one. */
  badSince(): Date | null;
  /** Returns the end of the last trouble; null while it lasts or without one. */
  restoredAt(): Date | null;
  /** Returns moves of traffic to targets that could not carry it, as text, as {@link Moves} defines them. */
  violations(): readonly string[];
  /** Makes this share of requests fail on every target, whatever it runs: a dependency is down. */
  failAll(share: number): void;
  /** Makes this share of answers behind a load balancer take at least so many seconds: a dependency is slow. */
  slowAll(share: number, seconds: number): void;
  /** Makes every target behind a load balancer hang, although it looks healthy: a dependency hangs. */
  hangAll(): void;
  /** Changes the time between two rounds of requests. */
  pace(tickSeconds: number): void;
  stop(): void;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Interval of host counts. Assumed: AWS gives no frequency within the minute. */
const HOSTS_COUNTED_EVERY = 10 * SECOND;

/**
 * Milliseconds from the end of a minute to the first query that sees the metrics of a node, by the node's place. AWS
 * gives no figure. A captured alarm on an ALB metric was evaluated without a minute's datapoint 19 seconds after that
 * minute, and with it after 79. Unknown: partial-minute. Assumed: each node reports for itself, around the middle of
 * the two. So the newest minute is partial for some seconds.
 */
const PUBLISHED_AFTER = [40 * SECOND, 50 * SECOND];

/**
 * Creates live traffic. Every listener gets even requests, from the moment a group behind it first has a healthy
 * target. Each minute becomes the metrics of the load balancer.
 */
export function createTraffic(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { elb, backends, metrics, names, others = [] }: Parties,
  { requestsPerSecond = 50, slowSeconds = 1, tickSeconds = 1, requestsAt }: TrafficOptions = {},
): Traffic {
  let seconds = tickSeconds;
  const publisher = new Publisher(metrics);
  const trouble = new Trouble();
  const moves = new Moves();
  const history: Served[] = [];
  const chance = random('traffic');
  const serving = createServing({ elb, backends, publisher, moves, chance }, requestsAt);

  const tick = (): void => {
    const now = clock.now();
    if (now % MINUTE === 0)
      publisher.close(now - MINUTE).forEach((publish, place) => {
        clock.after(PUBLISHED_AFTER[place % PUBLISHED_AFTER.length] ?? 0, publish);
      });
    const answers = [
      ...serving.serve(requestsPerSecond * seconds, now),
      ...others.flatMap((users) => users.serve(requestsPerSecond * seconds, now)),
    ];
    const counts = summary(answers, slowSeconds);
    history.push({ at: new Date(now), ...counts });
    trouble.add({ at: now, ...counts });
    if (now % HOSTS_COUNTED_EVERY === 0) serving.countHosts(now);
  };
  const every = (): void => {
    try {
      tick();
    } finally {
      ticking = again(true);
    }
  };
  /** Ticks at whole multiples of the interval, so that minutes end with a tick. */
  const again = (isStill = false): Timer => {
    const interval = seconds * SECOND;
    return clock.at(Math.ceil((clock.now() + 1) / interval) * interval, every, isStill);
  };
  let ticking = again();

  return {
    sites: createSites({ elb, serving, names, chance: random('probes') }),
    history: () => history,
    badSince: () => trouble.badSince(),
    restoredAt: () => trouble.restoredAt(),
    violations: () => [...moves.violations(), ...others.flatMap((users) => users.violations())],
    failAll: (share) => {
      for (const each of [serving, ...others]) each.failAll(share);
    },
    slowAll: (share, seconds) => serving.slowAll(share, seconds),
    hangAll: () => serving.hangAll(),
    pace: (next) => {
      seconds = next;
      ticking.cancel();
      ticking = again();
    },
    stop: () => ticking.cancel(),
  };
}

function summary(answers: readonly Answers[], slowSeconds: number) {
  const counts = { requests: 0, errors: 0, slow: 0 };
  for (const { status, targetSeconds, count } of answers) {
    counts.requests += count;
    if (status !== 200) counts.errors += count;
    else if ((targetSeconds ?? 0) > slowSeconds) counts.slow += count;
  }
  return counts;
}
