import type { AddressInfo } from 'node:net';
import { serve, stop, type HttpAnswer, type HttpRequest } from '@lastgood/embedded-aws/wire/http.ts';
import type { Served, Traffic } from '@lastgood/embedded-aws/world/traffic.ts';

/** Lets a request in; throws when it may not. */
export type Doorkeeper = (request: HttpRequest) => Promise<void> | void;

export interface Prometheus {
  /** Where its API begins, without `/api/v1`. */
  readonly url: string;
  /** How many queries it was asked. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/** The one query that it knows: the share of requests that failed, over so many minutes. */
export const ERROR_SHARE =
  'sum(rate(http_requests_total{code=~"5.."}[1m])) / sum(rate(http_requests_total[1m]))';

const WINDOW_SECONDS = 60;

/**
 * A Prometheus server on 127.0.0.1 that scrapes the traffic itself, so that it says what the users get. It knows the path
 * of instant queries and one query; every other is refused as Prometheus refuses what it cannot parse.
 * https://prometheus.io/docs/prometheus/latest/querying/api/
 * @param path in front of `/api/v1`, such as a workspace's
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

/** NaN without requests, as Prometheus divides zero by zero. */
function shareOf(seconds: readonly Served[]): number {
  const sum = (of: 'requests' | 'errors') => seconds.reduce((total, second) => total + second[of], 0);
  return sum('errors') / sum('requests');
}

function json(status: number, body: object): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
