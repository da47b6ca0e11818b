import { Random, seedOf } from '../world/random.ts';

/** The virtual time of calls, per caller. */
export interface Timing {
  /** The virtual instant, epoch milliseconds, at which a call of this role happens. */
  begin(role: string): number;
  /** The number of the invocation in which this role runs now; undefined: it runs in none. */
  invocation?(role: string): number | undefined;
  /** The call is answered; it took so many virtual milliseconds. */
  end(role: string, latencyMs: number): void;
}

/**
 * The latency of calls. AWS publishes no figures. Assumed: a log-normal distribution with a median of 30 ms, where a
 * twentieth of the calls take more than 75 ms.
 */
const MEDIAN_MS = 30;
const SPREAD = 0.55;

/** Draws latencies that depend on the caller, the operation and its count, and not on the order at the socket. */
export class Latency {
  readonly #seed: number;
  readonly #before = new Map<string, { readonly seed: number; count: number }>();

  constructor(random: Random) {
    this.#seed = Math.floor(random.next() * 2 ** 32);
  }

  /** Milliseconds of the next call of an operation by a role. */
  sample(role: string, service: string, operation: string): number {
    const name = `${role} ${service}:${operation}`;
    const before = this.#before.get(name) ?? { seed: seedOf(this.#seed, `${name} `), count: 0 };
    this.#before.set(name, before);
    before.count++;
    const random = new Random(before.seed, String(before.count));
    return Math.round(MEDIAN_MS * Math.exp(SPREAD * normal(random)));
  }
}

/** A standard normal number, by Box and Muller's transform. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
