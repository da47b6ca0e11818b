/** The output of a command, without the SDK's additions. */
export type Answer<Output> = Omit<Output, '$metadata'>;

/** Maximum length of a list of CodeDeploy. AWS gives no figure. */
const PAGE = 100;

/** Returns one page of a list. The token is opaque to callers; here it is the position of the next page. */
export function page<Item>(
  items: readonly Item[],
  nextToken: string | undefined,
): { readonly items: Item[]; readonly token: { readonly nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  const to = from + PAGE;
  return { items: items.slice(from, to), token: to < items.length ? { nextToken: String(to) } : {} };
}
