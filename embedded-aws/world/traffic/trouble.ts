/** What one second of traffic was like. */
export interface Second {
  /** Start of the second, milliseconds since the epoch. */
  readonly at: number;
  readonly requests: number;
  /** Requests answered with a 5xx, whether by a target or by the load balancer. */
  readonly errors: number;
  /** Requests that took too long and were no errors. */
  readonly slow: number;
}

const TOLERATED_SHARE = 0.01;
const EXCESS_TO_TURN = 5;

/**
 * Tells when traffic is in trouble, second by second. A request is bad when it was answered with a 5xx or took too long.
 * One bad request in a hundred is tolerated. While all is well, the bad requests in excess of that are added up (never
 * below zero): more than five make trouble, and it began in the second in which the sum left zero. In trouble the same
 * is done with the good requests that were missing before: a hundredth of each request, less the bad ones. So single
 * errors of a healthy release neither start trouble nor prolong it, and both instants are exact to the second.
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

  /** Start of the current or the last trouble; null: there was none. */
  badSince(): Date | null {
    return this.#badSince === null ? null : new Date(this.#badSince);
  }

  /** The instant from which traffic has been good after the last trouble; null while it lasts or where there was none. */
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
