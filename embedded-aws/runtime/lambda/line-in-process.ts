/**
 * Requests leave one at a time, in the order in which they were made, as those of a container do (line.ts): which of two
 * comes first must not depend on how many steps each takes before it is sent.
 */
export class Line {
  #last: Promise<unknown> = Promise.resolve();
  #answered = 0;
  #after: number[] = [];

  /** For each request since `begin`, how many had been answered when it was made: those it may have waited for. */
  get after(): readonly number[] {
    return this.#after;
  }

  /** The number of requests that have been answered since `begin`. */
  get answered(): number {
    return this.#answered;
  }

  /** Begins to count anew, for an invocation. */
  begin(): void {
    this.#answered = 0;
    this.#after = [];
  }

  send<T>(send: () => Promise<T>): Promise<T> {
    this.#after.push(this.#answered);
    const sent = this.#last
      .then(rest)
      .then(send)
      .finally(() => this.#answered++);
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  /** Resolves when everything that was sent is answered. */
  async empty(): Promise<void> {
    let last;
    do {
      last = this.#last;
      await last;
    } while (last !== this.#last);
  }
}

/** Lets everything go on that follows from the answer before. */
function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
