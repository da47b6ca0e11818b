import { AwsError } from '../service.ts';

/**
 * Returns one page of a list. The token is opaque to callers; here it is the position of the next page.
 * @throws AwsError InvalidNextToken
 */
export function page<Item>(
  items: readonly Item[],
  {
    NextToken,
    MaxRecords,
  }: { readonly NextToken?: string | undefined; readonly MaxRecords?: number | undefined },
  max: number,
): { readonly items: Item[]; readonly token: { readonly NextToken?: string } } {
  const from = NextToken === undefined ? 0 : Number(atob(NextToken));
  if (!Number.isInteger(from)) throw new AwsError('InvalidNextToken', 'The token is not valid.');
  const to = from + Math.min(MaxRecords ?? max, max);
  const token = to < items.length ? { NextToken: btoa(String(to)) } : {};
  return { items: items.slice(from, to), token };
}
