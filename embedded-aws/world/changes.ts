/** Counts changes, so that derived values are computed once per change, not once per read. */
export class Changes {
  #count = 0;

  /** Records a change. */
  add(): void {
    this.#count++;
  }

  /** Caches a value per key, until something changes. */
  remembering<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
    const known = new Map<Key, Value>();
    let count = this.#count;
    return (key) => {
      if (count !== this.#count) known.clear();
      count = this.#count;
      const before = known.get(key);
      if (before !== undefined) return before;
      const value = work(key);
      known.set(key, value);
      return value;
    };
  }
}
