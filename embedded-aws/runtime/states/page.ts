import { AwsError } from '../../world/service.ts';

/** What a list of Step Functions is asked with. */
export interface Paging {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

const DEFAULT_RESULTS = 100;

/**
 * One page of a list: 100 items unless asked otherwise, and 0 means that as well. The token says where the
 * next page begins.
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
