/** Something that will happen at an instant of virtual time. */
interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

export interface Timer {
  cancel(): void;
}

/**
 * The virtual clock: milliseconds since the epoch, and what is due when. Time stands still while anything real is under
 * way (`holding`), and then jumps to the next thing that is due. Equal instants happen in the order they were asked for,
 * so a run depends on its seed and on nothing else.
 */
export class Clock {
  #now: number;
  #order = 0;
  #holds = 0;
  #released: (() => void)[] = [];
  #running = false;
  #entries: Entry[] = [];

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  iso(): string {
    return new Date(this.#now).toISOString();
  }

  /** Lets something happen at an instant; a past instant means as soon as possible. */
  at(instant: number, happen: () => void): Timer {
    const entry: Entry = { at: Math.max(instant, this.#now), order: this.#order++, happen };
    const index = this.#entries.findLastIndex((other) => other.at <= entry.at) + 1;
    this.#entries.splice(index, 0, entry);
    return {
      cancel: () => {
        const found = this.#entries.indexOf(entry);
        if (found >= 0) this.#entries.splice(found, 1);
      },
    };
  }

  after(milliseconds: number, happen: () => void): Timer {
    return this.at(this.#now + milliseconds, happen);
  }

  /** Repeats until cancelled, the first time one interval from now. */
  every(milliseconds: number, happen: () => void): Timer {
    const again = (): Timer =>
      this.after(milliseconds, () => {
        timer = again();
        happen();
      });
    let timer = again();
    return { cancel: () => timer.cancel() };
  }

  /** Keeps time from passing until real work (a Lambda in its thread, a request on a socket) is done. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    this.#holds++;
    try {
      return await work();
    } finally {
      this.#holds--;
      if (this.#holds === 0) for (const resolve of this.#released.splice(0)) resolve();
    }
  }

  /**
   * Runs what is due, in order, until `done` says so, or until the instant `until` is reached and what is due then has
   * happened. With no `until` it also ends when nothing is due any more.
   * @throws Error when the clock is run already, or when something that was due throws
   */
  async run(done: () => boolean, until = Infinity): Promise<void> {
    if (this.#running) throw new Error('the clock is running already');
    this.#running = true;
    try {
      while (await this.#step(done, until));
    } finally {
      this.#running = false;
    }
  }

  /** Lets the next thing happen; false when there is none before `until`, or `done` says so. */
  async #step(done: () => boolean, until: number): Promise<boolean> {
    await this.#idle();
    if (done()) return false;
    const [next] = this.#entries;
    if (next === undefined || next.at > until) {
      if (Number.isFinite(until)) this.#now = Math.max(this.#now, until);
      return false;
    }
    this.#entries.shift();
    this.#now = next.at;
    next.happen();
    return true;
  }

  /** Two turns of the event loop with nothing held: every promise chain that can go on has gone on. */
  async #idle(): Promise<void> {
    for (let quiet = 0; quiet < 2;) {
      if (this.#holds > 0) {
        await new Promise<void>((resolve) => this.#released.push(resolve));
        quiet = 0;
      }
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#holds === 0 ? quiet + 1 : 0;
    }
  }
}
