/** The most items of a page (ListDeployments, AWS AppConfig API Reference). */
const MAX_RESULTS = 50;

interface Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** Returns one page of a list. The token is opaque to callers; here it is the position of the next page. */
export function page<Item, Shown>(
  items: readonly Item[],
  { MaxResults = MAX_RESULTS, NextToken = '0' }: Paging,
  show: (item: Item) => Shown,
): { readonly Items: Shown[]; readonly NextToken?: string } {
  const from = Number(NextToken);
  const to = from + Math.min(MaxResults, MAX_RESULTS);
  return {
    Items: items.slice(from, to).map(show),
    ...(to < items.length && { NextToken: String(to) }),
  };
}
