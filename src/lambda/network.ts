import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { urlToHttpOptions } from 'node:url';

/** A result, and the seconds that it took. */
export interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
}

/** Returns all addresses of a host name. Throws a TimeoutError after this many milliseconds. */
export type Resolve = (host: string, milliseconds: number) => Promise<Timed<readonly string[]>>;

/**
 * Sends a GET to one of these addresses, whatever the URL's host resolves to by now. Follows no redirect. Throws a
 * TimeoutError if the answer is not complete within the limit.
 */
export type FetchFrom = (
  addresses: readonly string[],
  url: URL,
  init: { readonly headers: Readonly<Record<string, string>>; readonly milliseconds: number },
) => Promise<Timed<Response>>;

/** Name resolution and the requests that follow from it. It keeps the time, because a simulated one has its own. */
export interface Network {
  readonly resolve: Resolve;
  readonly fetchFrom: FetchFrom;
}

/** An answer about health is short. Another one must not fill the memory. */
const MAX_BYTES = 1024 * 1024;

const resolve: Resolve = (host, milliseconds) =>
  timed(milliseconds, async () => (await lookup(host, { all: true })).map(({ address }) => address));

/** Uses Node's own client: `fetch` cannot be given the addresses to connect to. The certificate is that of the host. */
const fetchFrom: FetchFrom = (addresses, url, { headers, milliseconds }) =>
  timed(milliseconds, (signal) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // A connection that is kept may belong to an address that was checked for another answer of DNS.
    const options = {
      ...urlToHttpOptions(url),
      ...{ headers, signal, agent: false, lookup: onlyThese(addresses) },
    };
    return new Promise<Response>((done, fail) => {
      send(options, (answer) => void read(answer).then(done, fail))
        .on('error', fail)
        .end();
    });
  });

/**
 * Measures work by the monotonic clock, and ends it with a TimeoutError. The signal ends what can be aborted; a lookup
 * cannot.
 */
export async function timed<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Timed<T>> {
  const signal = AbortSignal.timeout(milliseconds);
  const tooLate = new Promise<never>((_, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
  });
  const began = performance.now();
  const value = await Promise.race([work(signal), tooLate]);
  return { value, seconds: (performance.now() - began) / 1000 };
}

function onlyThese(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all }, answer) => {
    if (all === true) answer(null, found);
    else answer(null, found[0]?.address ?? '', found[0]?.family);
  };
}

async function read(answer: IncomingMessage): Promise<Response> {
  const { statusCode = 0 } = answer;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  const hasNoBody = statusCode === 204 || statusCode === 205 || statusCode === 304;
  return new Response(hasNoBody ? null : Buffer.concat(parts), { status: statusCode });
}

export const network: Network = { resolve, fetchFrom };
