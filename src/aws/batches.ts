import { settledOf } from './each.ts';

/** Splits items into batches of the size that one API call accepts. Keeps their order. */
export function inBatches<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, i) => items.slice(i * most, (i + 1) * most));
}

/** Returns what a batch showed of an item, or null. @throws the error of the item's batch */
export type LookUp<T, R> = (item: T) => R | null;

/**
 * Reads batches, and returns a lookup. A failed batch fails only the lookups of its own items.
 * @param keyOf returns the key of an item in the answer of its batch
 */
export async function readBatches<T, R>(
  batches: readonly (readonly T[])[],
  keyOf: (item: T) => string,
  read: (batch: readonly T[]) => Promise<ReadonlyMap<string, R>>,
): Promise<LookUp<T, R>> {
  const results = await settledOf(batches, read);
  const byKey = new Map(
    batches.flatMap((batch, i) => batch.map((item) => [keyOf(item), results[i]] as const)),
  );
  return (item) => {
    const key = keyOf(item);
    const result = byKey.get(key);
    if (result?.status === 'rejected') throw result.reason;
    return result?.value.get(key) ?? null;
  };
}
