import { textOf, type Phase } from './phase.ts';

/** After these, all phases that follow are shown again. */
const BEGINNINGS = ['Plan', 'Revert'];

/** Knows what one execution's phases said last. Settle and Verify alternate, and mostly repeat themselves. */
export class News {
  readonly #last = new Map<string, string>();

  isNew(phase: Phase): boolean {
    const text = textOf(phase);
    const isNew = this.#last.get(phase.name) !== text;
    if (BEGINNINGS.includes(phase.name)) this.#last.clear();
    this.#last.set(phase.name, text);
    return isNew;
  }
}
