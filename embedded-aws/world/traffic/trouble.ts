/** One second of traffic. */
export interface Second {
  /** Start of the second, milliseconds since the epoch. */
  readonly at: number;
  readonly requests: number;
  /** Requests answered with a 5xx, by a target or by the load balancer. */
  readonly errors: number;
  /** Requests that took too long without an error. */
  readonly slow: number;
}

const TOLERATED_SHARE = 0.01;
const EXCESS_TO_TURN = 5;

/**
 * Detects trouble in the traffic, second by second. A request is bad if it got a 5xx or took too long. One bad request
 * in a hundred is tolerated.
 *
 * Outside trouble, the excess of bad requests is summed (never below zero). Above five, trouble began in the second in
 * which the sum left zero. In trouble, the same sum counts the missing good requests: a hundredth of each request,
 * minus the bad ones.
 *
 * So single errors of a healthy release neither start nor prolong trouble, and both instants are exact to the second.
 */
export class Trouble {
  #bad = false;
  #excess = 0;
  #since: number | null = null;
  #badSince: number | null = null;
  #restoredAt: number | null = null;

  add({ at, requests, errors, slow }: Second): void {
    const excess = errors + slow - TOLERATED_SHARE * requests;
    const step = this.#bad ? -excess : excess;
    if (this.#excess === 0 && step > 0) this.#since = at;
    this.#excess = Math.max(0, this.#excess + step);
    if (this.#excess > EXCESS_TO_TURN) this.#turn();
  }

  /** Returns the start of the current or last trouble; null without one. */
  badSince(): Date | null {
    return this.#badSince === null ? null : new Date(this.#badSince);
  }

  /** Returns the end of the last trouble; null while it lasts or without one. */
  restoredAt(): Date | null {
    return this.#restoredAt === null ? null : new Date(this.#restoredAt);
  }

  #turn(): void {
    this.#bad = !this.#bad;
    this.#excess = 0;
    this.#badSince = this.#bad ? this.#since : this.#badSince;
    this.#restoredAt = this.#bad ? null : this.#since;
  }
}
