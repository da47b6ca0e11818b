/** Random numbers from a seed (mulberry32, public domain). The same seed and name give the same numbers, always. */
export class Random {
  #state: number;

  constructor(seed: number, name = '') {
    let state = seed >>> 0;
    for (const char of name) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x9e3779b1) >>> 0;
    this.#state = state;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /**
   * How many of so many chances of this share come true. One number is drawn and not one for each chance; none where the
   * share leaves nothing to chance. By inversion: meant for hundreds, not for millions.
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

  /** Deals so many out by weights, which need not add up to one; each goes its way by chance. */
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

  /** `length` hexadecimal digits. */
  hex(length: number): string {
    return Array.from({ length }, () => Math.floor(this.next() * 16).toString(16)).join('');
  }

  /** `length` decimal digits, the first not zero. */
  digits(length: number): string {
    return Array.from({ length }, (_, i) =>
      Math.floor(i === 0 ? 1 + this.next() * 9 : this.next() * 10),
    ).join('');
  }

  /** A UUID of version 4. */
  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
