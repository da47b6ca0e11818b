interface Page {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** "The maximum number of results to return", at most 100 (API_ListRules). The token is the next one's position. */
const MAX_RESULTS = 100;

/** Returns one page of a list, in the shape of the answers. */
export function page<T>(all: readonly T[], { maxResults = MAX_RESULTS, nextToken = '0' }: Page) {
  const from = Number(nextToken);
  const to = from + Math.min(maxResults, MAX_RESULTS);
  return { items: all.slice(from, to), ...(to < all.length && { nextToken: String(to) }) };
}
