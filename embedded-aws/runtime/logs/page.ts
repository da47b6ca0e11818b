import { AwsError } from '../../world/service.ts';

interface Paging {
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

/** Returns one page of a list. The token is opaque to callers; here it is the position of the next page. */
export function page<Item>(
  items: readonly Item[],
  { nextToken, limit }: Paging,
  max: number,
): { readonly items: readonly Item[]; readonly next: { readonly nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const to = from + Math.min(limit ?? max, max);
  return { items: items.slice(from, to), next: to < items.length ? { nextToken: String(to) } : {} };
}
