import { queryOf, signedGetHeaders, type Credentials } from '../../src/aws/signature.ts';
import type { Ask } from '../../src/lambda/ask.ts';
import { hidingTokenOf, type Check } from './prometheus-checks.ts';
import type { Query } from './prometheus.ts';

/** Shorter than the timeout of the Lambda. A Prometheus that needs longer for one query is not healthy. */
const QUERY_MILLISECONDS = 5_000;

export interface QueryOptions {
  readonly milliseconds?: number;
  readonly credentials: () => Credentials;
  readonly now: () => Date;
}

/**
 * Queries by GET. Redirects are not followed, so that tokens and signatures go only to the named server.
 * https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export function createQuery(ask: Ask, options: QueryOptions): Query {
  const { milliseconds = QUERY_MILLISECONDS } = options;
  return async (check) => {
    const url = new URL(check.url);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/query`;
    url.search = queryOf({ query: check.query });
    const { response } = await ask(url, milliseconds, headersFor(check, url, options));
    const body = await response.text();
    if (!response.ok) throw new Error(`answered ${response.status} ${hidingTokenOf(check)(body)}`.trimEnd());
    return body;
  };
}

/**
 * Returns the headers. Requests to a workspace are signed:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-query-APIs.html
 */
function headersFor({ as }: Check, url: URL, options: QueryOptions): Record<string, string> {
  const { credentials, now } = options;
  switch (as.who) {
    case 'anybody':
      return {};
    case 'bearer':
      return { authorization: as.token.asBearer() };
    case 'role':
      return signedGetHeaders({ url, service: 'aps', region: as.region }, credentials(), now());
  }
}
