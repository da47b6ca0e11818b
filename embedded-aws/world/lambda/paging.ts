import { invalid } from './errors.ts';

const MAX_PAGE_ITEMS = 50;

/** Returns one page of a list. The marker is opaque to callers; here it is the position of the next page. */
export function page<T>(
  items: readonly T[],
  {
    Marker,
    MaxItems = MAX_PAGE_ITEMS,
  }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { readonly items: T[]; readonly next: { readonly NextMarker?: string } } {
  const from = Marker === undefined ? 0 : Number(Marker);
  if (!Number.isInteger(from) || from < 0) throw invalid('Invalid marker.');
  const to = from + Math.min(MaxItems, MAX_PAGE_ITEMS);
  return { items: items.slice(from, to), next: to < items.length ? { NextMarker: String(to) } : {} };
}
