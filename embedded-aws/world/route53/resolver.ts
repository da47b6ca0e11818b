import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Random } from '../random.ts';
import type { Dns, Query } from './route53.ts';

/** TTL of an alias of a load balancer, in seconds (API_ResourceRecordSet, `TTL`). */
const ALIAS_TTL = 60;

/** A resolver with its cache. It queries again only when the TTL of its answer is over. */
export class Resolver {
  readonly #dns: Dns;
  readonly #query: Query;
  readonly #chance: Random;
  #known: ResourceRecordSet | null = null;
  #until: number | null = null;

  constructor(dns: Dns, query: Query, chance: Random) {
    this.#dns = dns;
    this.#query = query;
    this.#chance = chance;
  }

  /**
   * Resolves at `at`, in milliseconds since the epoch. Resolvers do not query in step: the first answer has a random
   * age.
   */
  resolve(at: number): ResourceRecordSet | null {
    if (this.#until !== null && at < this.#until) return this.#known;
    const age = this.#until === null ? this.#chance.next() : 0;
    this.#known = this.#dns.query(this.#query, this.#chance);
    this.#until = at + (this.#known?.TTL ?? ALIAS_TTL) * 1000 * (1 - age);
    return this.#known;
  }
}
