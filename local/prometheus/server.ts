import type { AddressInfo } from 'node:net';
import { serve, stop, type HttpAnswer, type HttpRequest } from '@lastgood/embedded-aws/wire/http.ts';
import type { Served, Traffic } from '@lastgood/embedded-aws/world/traffic.ts';

/** Authorizes a request; throws to refuse it. */
export type Doorkeeper = (request: HttpRequest) => Promise<void> | void;

export interface Prometheus {
  /** URL of its API, without `/api/v1`. */
  readonly url: string;
  /** Returns the number of queries so far. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/** The only query that it supports: the share of failed requests within a minute. */
export const ERROR_SHARE =
  'sum(rate(http_requests_total{code=~"5.."}[1m])) / sum(rate(http_requests_total[1m]))';

const WINDOW_SECONDS = 60;

/**
 * Starts a Prometheus server on 127.0.0.1 that scrapes the traffic itself, so that it reports the users' view. It
 * supports instant queries and one query. It refuses every other one as Prometheus refuses a query that it cannot
 * parse. https://prometheus.io/docs/prometheus/latest/querying/api/
 * @param path before `/api/v1`, such as a workspace's
 */
export async function startPrometheus(
  traffic: Traffic,
  admit: Doorkeeper = () => undefined,
  path = '',
): Promise<Prometheus> {
  let asked = 0;
  const server = await serve(0, async (request) => {
    if (request.path !== `${path}/api/v1/query`) return { status: 404, headers: {}, body: 'not found' };
    const refused = await refusalOf(admit, request);
    if (refused !== null) return refused;
    asked++;
    return answer(request, traffic);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${path}`, asked: () => asked, close: () => stop(server) };
}

async function refusalOf(admit: Doorkeeper, request: HttpRequest): Promise<HttpAnswer | null> {
  try {
    await admit(request);
    return null;
  } catch (error) {
    return json(403, { message: error instanceof Error ? error.message : String(error) });
  }
}

function answer({ query }: HttpRequest, traffic: Traffic): HttpAnswer {
  if (query.get('query') !== ERROR_SHARE)
    return json(400, { status: 'error', errorType: 'bad_data', error: 'this query is not modelled' });
  const newest = traffic.history().slice(-WINDOW_SECONDS);
  const at = (newest.at(-1)?.at.getTime() ?? 0) / 1000;
  const result = newest.length === 0 ? [] : [{ metric: {}, value: [at, String(shareOf(newest))] }];
  return json(200, { status: 'success', data: { resultType: 'vector', result } });
}

/** Returns the share of errors: NaN without requests, as Prometheus divides zero by zero. */
function shareOf(seconds: readonly Served[]): number {
  const sum = (of: 'requests' | 'errors') => seconds.reduce((total, second) => total + second[of], 0);
  return sum('errors') / sum('requests');
}

function json(status: number, body: object): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
