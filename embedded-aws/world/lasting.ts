/** Ends one disturbance. A second call does nothing. */
export type End = () => void;

/** Disturbances of one sort, each of which lasts until it is ended. */
export class Lasting<Disturbance> {
  readonly #all = new Set<{ readonly one: Disturbance }>();

  begin(one: Disturbance): End {
    const held = { one };
    this.#all.add(held);
    return () => void this.#all.delete(held);
  }

  /** Returns those that last, the oldest first. */
  get all(): readonly Disturbance[] {
    return [...this.#all].map(({ one }) => one);
  }

  /** Returns the answer of the oldest disturbance that has one. */
  first<Answer>(ask: (one: Disturbance) => Answer | null): Answer | null {
    for (const { one } of this.#all) {
      const answer = ask(one);
      if (answer !== null) return answer;
    }
    return null;
  }

  /** Says whether one of them holds. Asks all, because one may count how often it was asked. */
  some(holds: (one: Disturbance) => boolean): boolean {
    return this.all.filter(holds).length > 0;
  }
}
