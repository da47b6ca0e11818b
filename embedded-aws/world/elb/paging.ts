import { AwsError } from '../service.ts';

const MAX_PAGE = 400;

/** Returns one page of an answer. The marker is the number of items already returned. */
export function page<T>(
  items: readonly T[],
  { Marker, PageSize }: { Marker?: string | undefined; PageSize?: number | undefined },
): { readonly items: T[]; readonly next: { NextMarker?: string } } {
  const from = Marker === undefined ? 0 : Number(Marker);
  if (!Number.isInteger(from) || from < 0) throw new AwsError('ValidationError', 'The marker is not valid');
  const to = from + (PageSize ?? MAX_PAGE);
  return { items: items.slice(from, to), next: to < items.length ? { NextMarker: String(to) } : {} };
}
