import type { Surroundings } from './aws.ts';
import type { Routing } from './elb/routing.ts';
import type { Backends, Metrics } from './seams.ts';
import { Moves } from './traffic/moves.ts';
import { Publisher, type Answers } from './traffic/publisher.ts';
import { createServing } from './traffic/serving.ts';
import { Trouble } from './traffic/trouble.ts';
import type { Users } from './traffic/users.ts';

export interface TrafficOptions {
  /** On each listener. */
  readonly requestsPerSecond?: number;
  /** A response time above this is slow. */
  readonly slowSeconds?: number;
}

export interface Parties {
  readonly elb: Routing;
  readonly backends: Backends;
  readonly metrics: Metrics;
  /** Who comes by another way than a load balancer. */
  readonly others?: readonly Users[];
}

/** One second of traffic: `errors` are 5xx of targets or load balancer, `slow` those that took too long and were none. */
export interface Served {
  readonly at: Date;
  readonly requests: number;
  readonly errors: number;
  readonly slow: number;
}

export interface Traffic {
  /** One entry a second, oldest first. */
  history(): readonly Served[];
  /** Start of the current or the last trouble, as {@link Trouble} defines it; null: there was none. */
  badSince(): Date | null;
  /** From when on traffic has been good after the last trouble; null: it is not, or there was none. */
  restoredAt(): Date | null;
  /** Moves of traffic to what could not carry it, in words, as {@link Moves} defines them. */
  violations(): readonly string[];
  /** From now on this share of requests fails on every target, whatever it runs: something behind them is down. */
  failAll(share: number): void;
  /** From now on no target of a load balancer answers in time, healthy as it looks: something behind them hangs. */
  hangAll(): void;
  stop(): void;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Assumed; within the minute AWS does not say how often. */
const HOSTS_COUNTED_EVERY = 10 * SECOND;

/**
 * From the end of a minute to the first query that sees its metrics. AWS gives no figure. A captured alarm on an ALB
 * metric was evaluated without a minute's datapoint 19 seconds after that minute, and with it after 79: the middle is
 * assumed.
 */
const PUBLISHED_AFTER = 45 * SECOND;

/**
 * Live traffic: every listener gets requests, evenly, from the moment a group behind it first has a healthy target.
 * Each minute becomes the metrics of the load balancer.
 */
export function createTraffic(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  { elb, backends, metrics, others = [] }: Parties,
  { requestsPerSecond = 50, slowSeconds = 1 }: TrafficOptions = {},
): Traffic {
  const publisher = new Publisher(metrics);
  const trouble = new Trouble();
  const moves = new Moves();
  const history: Served[] = [];
  const serving = createServing({ elb, backends, publisher, moves, chance: random('traffic') });

  const tick = (): void => {
    const now = clock.now();
    if (now % MINUTE === 0) clock.after(PUBLISHED_AFTER, publisher.close(now - MINUTE));
    const answers = [
      ...serving.serve(requestsPerSecond, clock.iso()),
      ...others.flatMap((users) => users.serve(requestsPerSecond, now)),
    ];
    const seen = summary(answers, slowSeconds);
    history.push({ at: new Date(now), ...seen });
    trouble.add({ at: now, ...seen });
    if (now % HOSTS_COUNTED_EVERY === 0) serving.countHosts(now);
    ticking = clock.after(SECOND, tick);
  };
  let ticking = clock.at(Math.ceil((clock.now() + 1) / SECOND) * SECOND, tick);

  return {
    history: () => history,
    badSince: () => trouble.badSince(),
    restoredAt: () => trouble.restoredAt(),
    violations: () => [...moves.violations(), ...others.flatMap((users) => users.violations())],
    failAll: (share) => {
      for (const each of [serving, ...others]) each.failAll(share);
    },
    hangAll: () => serving.hangAll(),
    stop: () => ticking.cancel(),
  };
}

function summary(answers: readonly Answers[], slowSeconds: number) {
  const seen = { requests: 0, errors: 0, slow: 0 };
  for (const { status, targetSeconds, count } of answers) {
    seen.requests += count;
    if (status !== 200) seen.errors += count;
    else if ((targetSeconds ?? 0) > slowSeconds) seen.slow += count;
  }
  return seen;
}
