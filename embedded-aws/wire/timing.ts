import { Random } from '../world/random.ts';

/** When calls happen, for those who keep a time of their own for each caller. */
export interface Timing {
  /** The virtual instant, epoch milliseconds, at which a call of this role happens. */
  begin(role: string): number;
  /** The number of the invocation in which this role runs now; undefined: it runs in none. */
  invocation?(role: string): number | undefined;
  /** The call is answered; it took so many virtual milliseconds. */
  end(role: string, latencyMs: number): void;
}

/**
 * How long calls take. AWS publishes no figures: that a call takes 30 ms in the middle, and a twentieth of them more
 * than 75 ms (a log-normal distribution), is an assumption.
 */
const MEDIAN_MS = 30;
const SPREAD = 0.55;

/** Latencies that depend on who calls what for which time, and not on whose request reached the socket first. */
export class Latency {
  readonly #seed: number;
  readonly #counts = new Map<string, number>();

  constructor(random: Random) {
    this.#seed = Math.floor(random.next() * 2 ** 32);
  }

  /** Milliseconds of the next call of an operation by a role. */
  sample(role: string, service: string, operation: string): number {
    const name = `${role} ${service}:${operation}`;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return Math.round(MEDIAN_MS * Math.exp(SPREAD * normal(new Random(this.#seed, `${name} ${count}`))));
  }
}

/** A standard normal number, by Box and Muller's transform. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
