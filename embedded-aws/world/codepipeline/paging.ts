import { AwsError } from '../service.ts';

/** Returns one page of a list. The token is opaque to callers; here it is the position of the next page. */
export function page<T>(
  items: readonly T[],
  {
    nextToken,
    maxResults,
  }: { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined },
  most: number,
): { readonly items: T[]; readonly next: { readonly nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidNextTokenException', 'The next token was specified in an invalid format.');
  const to = from + Math.min(maxResults ?? most, most);
  return { items: items.slice(from, to), next: to < items.length ? { nextToken: String(to) } : {} };
}
