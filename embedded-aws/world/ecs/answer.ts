import type { Tag } from '@aws-sdk/client-ecs';
import { invalid } from './errors.ts';
import type { Tags } from './model.ts';

/** The output of a command, without the SDK's additions. */
export type Answer<Output> = Omit<Output, '$metadata'>;

export function toTags(tags: readonly Tag[] = []): Tags {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
}

export function fromTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function missing(arn: string): { readonly arn: string; readonly reason: string } {
  return { arn, reason: 'MISSING' };
}

/**
 * Returns one page of a list. The token is opaque to callers; here it is the position of the next page.
 * @throws AwsError InvalidParameterException for a token that is none
 */
export function page<Item>(
  items: readonly Item[],
  {
    nextToken,
    maxResults,
  }: { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined },
  max: number,
): { readonly items: Item[]; readonly token: { readonly nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(atob(nextToken));
  if (!Number.isInteger(from)) throw invalid('Invalid token.');
  const to = from + Math.min(maxResults ?? max, max);
  const token = to < items.length ? { nextToken: btoa(String(to)) } : {};
  return { items: items.slice(from, to), token };
}
