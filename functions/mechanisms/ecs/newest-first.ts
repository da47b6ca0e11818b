import type { Instant } from '../../../src/rollback/request.ts';

export function newestFirst<T extends { readonly createdAt: Instant }>(items: readonly T[]): readonly T[] {
  return items.toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}
