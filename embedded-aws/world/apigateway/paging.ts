import { badRequest } from './errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployments.html */
const LIMIT = { default: 25, most: 500 } as const;

/** Returns one page of a list. The position is opaque to callers; here it is that of the next page. */
export function page<T>(
  items: readonly T[],
  { position, limit = LIMIT.default }: { position?: string | undefined; limit?: number | undefined },
): { readonly items: T[]; readonly position?: string } {
  const from = position === undefined ? 0 : Number(position);
  if (!Number.isInteger(from) || from < 0) throw badRequest('Invalid position parameter');
  const to = from + Math.min(limit, LIMIT.most);
  return { items: items.slice(from, to), ...(to < items.length && { position: String(to) }) };
}
