const HEX = '0123456789abcdef';

/** Returns the seed of a name. A name may have parts: the seed of the first part is the start of the second. */
export function seedOf(seed: number, name: string): number {
  let state = seed >>> 0;
  for (const char of name) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x9e3779b1) >>> 0;
  return state;
}

/** Random numbers from a seed (mulberry32, public domain). The same seed and name always give the same numbers. */
export class Random {
  #state: number;

  constructor(seed: number, name = '') {
    this.#state = seedOf(seed, name);
  }

  /** Returns a number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Returns a uniform number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /**
   * Returns how many of so many chances of this share succeed. Draws one number in total, and none if the share is 0 or
   * 1. Works by inversion: meant for hundreds, not for millions.
   */
  binomial(chances: number, share: number): number {
    if (chances === 0 || share <= 0) return 0;
    if (share >= 1) return chances;
    if (share > 0.5) return chances - this.binomial(chances, 1 - share);
    const odds = share / (1 - share);
    let probability = (1 - share) ** chances;
    let place = this.next() - probability;
    let hits = 0;
    while (place >= 0 && hits < chances) {
      probability *= (odds * (chances - hits)) / (hits + 1);
      hits++;
      place -= probability;
    }
    return hits;
  }

  /** Divides a number at random by weights, which need not sum to one. */
  deal(many: number, weights: readonly number[]): readonly number[] {
    let left = many;
    let rest = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => {
      const dealt = rest <= 0 ? 0 : this.binomial(left, weight / rest);
      left -= dealt;
      rest -= weight;
      return dealt;
    });
  }

  /** Returns `length` hexadecimal digits. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += HEX.charAt(Math.floor(this.next() * 16));
    return digits;
  }

  /** Returns `length` decimal digits; the first is not zero. */
  digits(length: number): string {
    return Array.from({ length }, (_, i) =>
      Math.floor(i === 0 ? 1 + this.next() * 9 : this.next() * 10),
    ).join('');
  }

  /** Returns a UUID of version 4. */
  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
