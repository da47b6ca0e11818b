/** The output of a command, without what the SDK adds to it. */
export type Answer<Output> = Omit<Output, '$metadata'>;

/** The most that a list of CodeDeploy shows at once; AWS gives no figure. */
const PAGE = 100;

/** One page of a list. The token is opaque to callers; here it is where the next page begins. */
export function page<Item>(
  items: readonly Item[],
  nextToken: string | undefined,
): { readonly items: Item[]; readonly token: { readonly nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  const to = from + PAGE;
  return { items: items.slice(from, to), token: to < items.length ? { nextToken: String(to) } : {} };
}
