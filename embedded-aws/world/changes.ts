/** Counts what changes, so that what follows is worked out once after each change and not each time it is asked for. */
export class Changes {
  #count = 0;

  /** Something changed. */
  add(): void {
    this.#count++;
  }

  /** Remembers what was worked out of each key, until something changes. */
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
