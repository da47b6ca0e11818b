import type { Given } from './operand.ts';
import type { Item } from './value.ts';

/** `target = :target`, `#soaking = :soaking`: a name or its placeholder, and the placeholder of a value. */
const EQUALITY = /(#?\w+)\s*=\s*(:\w+)/g;

/** The items of a table by the value of one key, so that a query reads no others. */
export class Partitions {
  readonly #key: string;
  readonly #items = new Map<string, Map<string, Item>>();

  constructor(key: string) {
    this.#key = key;
  }

  /** Replaces the item at a place of the table; undefined: there is none. */
  replace(place: string, before: Item | undefined, after: Item | undefined): void {
    const [from, to] = [this.#valueOf(before), this.#valueOf(after)];
    if (from !== null && from !== to) this.#items.get(from)?.delete(place);
    if (to === null || after === undefined) return;
    const partition = this.#items.get(to) ?? new Map<string, Item>();
    this.#items.set(to, partition.set(place, after));
  }

  /** Returns the items that a condition on this key asks for; null if it asks for no single value. */
  asked(condition: string | undefined, given: Given): Iterable<Item> | null {
    for (const [name, value] of equalitiesIn(condition ?? '')) {
      if ((given.ExpressionAttributeNames?.[name] ?? name) !== this.#key) continue;
      const wanted = given.ExpressionAttributeValues?.[value];
      return typeof wanted === 'string' ? (this.#items.get(wanted)?.values() ?? []) : null;
    }
    return null;
  }

  #valueOf(item: Item | undefined): string | null {
    const value = item?.[this.#key];
    return typeof value === 'string' ? value : null;
  }
}

type Equality = readonly [name: string, value: string];

const known = new Map<string, readonly Equality[]>();

function equalitiesIn(condition: string): readonly Equality[] {
  const before = known.get(condition);
  if (before !== undefined) return before;
  const found = [...condition.matchAll(EQUALITY)].map(([, name = '', value = '']) => [name, value] as const);
  known.set(condition, found);
  return found;
}
