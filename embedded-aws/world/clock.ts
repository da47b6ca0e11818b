import { isoOf } from './iso.ts';

/** Something that will happen at an instant of virtual time. */
interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
  readonly isStill: boolean;
}

export interface Timer {
  cancel(): void;
}

/**
 * The virtual clock: milliseconds since the epoch, and the entries that are due. Time stops while real work is under way
 * (`holding`), and then jumps to the next entry. Entries of equal instants happen in the order of their creation, so a
 * run depends on its seed alone.
 */
export class Clock {
  #now: number;
  #order = 0;
  #holds = 0;
  #released: (() => void)[] = [];
  #running = false;
  /** The last entry started no promise, and nothing outside was notified since: nothing needs to be awaited. */
  #isStill = false;
  #entries: Entry[] = [];

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  iso(): string {
    return isoOf(this.#now);
  }

  /**
   * Lets something happen at an instant; a past instant means as soon as possible.
   * @param isStill it starts no promise, so the clock awaits nothing after it unless it calls `stir`. For entries of
   * every second
   */
  at(instant: number, happen: () => void, isStill = false): Timer {
    const entry: Entry = { at: Math.max(instant, this.#now), order: this.#order++, happen, isStill };
    this.#entries.splice(this.#placeAt(entry.at), 0, entry);
    return {
      cancel: () => {
        const found = this.#entries.indexOf(entry);
        if (found >= 0) this.#entries.splice(found, 1);
      },
    };
  }

  after(milliseconds: number, happen: () => void, isStill = false): Timer {
    return this.at(this.#now + milliseconds, happen, isStill);
  }

  /** Repeats until cancelled, the first time one interval from now. */
  every(milliseconds: number, happen: () => void, isStill = false): Timer {
    const again = (): void => {
      timer = this.after(milliseconds, again, isStill);
      happen();
    };
    let timer = this.after(milliseconds, again, isStill);
    return { cancel: () => timer.cancel() };
  }

  /** Records that a listener outside was notified and may have started a promise. */
  stir(): void {
    this.#isStill = false;
  }

  /** Keeps time from passing until real work (a Lambda in its thread, a request on a socket) is done. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    this.#holds++;
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /** Lets time pass until an instant, for one piece of the work that holds it: other work runs in between. */
  reach(instant: number): Promise<void> {
    return new Promise((resolve) => {
      this.at(instant, () => {
        this.#holds++;
        resolve();
      });
      this.#release();
    });
  }

  /**
   * Runs the due entries in order until `done` returns true, or until the entries of the instant `until` have happened.
   * Without `until` it also ends when no entry is left.
   * @throws Error when the clock is run already, or when something that was due throws
   */
  async run(done: () => boolean, until = Infinity): Promise<void> {
    if (this.#running) throw new Error('the clock is running already');
    this.#running = true;
    this.#isStill = false;
    try {
      do {
        if (this.#mayGoOn()) await this.#idle();
      } while (this.#step(done, until));
    } finally {
      this.#running = false;
    }
  }

  /** Says whether a started promise may still have to continue. */
  #mayGoOn(): boolean {
    return !this.#isStill || this.#holds > 0;
  }

  #release(): void {
    this.#holds--;
    if (this.#holds === 0) for (const resolve of this.#released.splice(0)) resolve();
  }

  /** Behind everything that is due at that instant or before. */
  #placeAt(instant: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.at ?? Infinity) <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Lets the next thing happen; false when there is none before `until`, or `done` says so. */
  #step(done: () => boolean, until: number): boolean {
    if (done()) return false;
    const next = this.#entries[0];
    if (next === undefined || next.at > until) {
      if (Number.isFinite(until)) this.#now = Math.max(this.#now, until);
      return false;
    }
    this.#entries.shift();
    this.#now = next.at;
    this.#isStill = next.isStill;
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
      // Below zero: work was ended while it waited for an instant (`reach`), which takes the hold back then.
      quiet = this.#holds <= 0 ? quiet + 1 : 0;
    }
  }
}
