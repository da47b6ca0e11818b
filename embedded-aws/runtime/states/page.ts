import { AwsError } from '../../world/service.ts';

/** The paging input of a Step Functions list. */
export interface Paging {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

const DEFAULT_RESULTS = 100;

/**
 * Returns one page of a list: 100 items by default, or for 0. The token is the position of the next page.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 * @throws AwsError InvalidToken
 */
export function page<Item>(
  items: readonly Item[],
  { maxResults = 0, nextToken }: Paging,
): { readonly items: readonly Item[]; readonly next: { readonly nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidToken', `Invalid Token: '${nextToken}'`);
  const to = from + (maxResults === 0 ? DEFAULT_RESULTS : maxResults);
  return { items: items.slice(from, to), next: to < items.length ? { nextToken: String(to) } : {} };
}
