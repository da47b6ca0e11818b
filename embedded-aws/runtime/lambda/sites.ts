/** The world's sites in a container's thread. Part of the bootstrap. */
import type HTTP from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

/** The virtual time of the invocation that runs, in milliseconds since the epoch. */
export interface VirtualTime {
  now(): number;
  set(instant: number): void;
}

/** A limit by `AbortSignal.timeout`. */
interface Limit {
  readonly deadline: number;
  readonly abort: () => void;
}

type Request = (
  options: HTTP.RequestOptions,
  onResponse?: (response: HTTP.IncomingMessage) => void,
) => HTTP.ClientRequest;

/**
 * Lets bundles reach the sites of the world, which `sites-server.ts` serves: DNS answers their addresses, and GETs to
 * these go to that server. An answer lets virtual time pass; a limit by `AbortSignal.timeout` counts virtual time. Of
 * GETs that are sent at once, one that is queued behind a slower one appears as slow as that. Call this after the
 * requests are queued. Returns a function that sets the server's origin; empty: the world has no sites.
 */
export function reachSites(time: VirtualTime): (origin: string) => void {
  const http = process.getBuiltinModule('node:http');
  const inLine: Request = http.request;
  let origin = '';
  const limits = makeLimitsVirtual(time);
  performance.now = () => time.now() - performance.timeOrigin;

  const addresses = resolveSites((host) =>
    origin === '' ? Promise.resolve(null) : addressesOf(inLine, origin, host),
  );

  const visiting = (module: { request: unknown }): void => {
    const request = module.request as Request;
    const visit: Request = (options, onResponse) => {
      const address = addressOf(options);
      const limit = options.signal && limits.get(options.signal);
      if (!addresses.has(address) || !limit) return request(options, onResponse);
      const asked = time.now();
      return inLine({ ...visitOf(origin, address, options), signal: options.signal }, (response) => {
        const answered = asked + Number(response.headers['x-seconds']) * 1000;
        time.set(Math.max(time.now(), Math.min(answered, limit.deadline)));
        if (answered > limit.deadline) limit.abort();
        else onResponse?.(response);
      });
    };
    module.request = visit;
  };
  visiting(http);
  visiting(process.getBuiltinModule('node:https'));
  syncBuiltinESMExports();
  return (next) => {
    origin = next;
    addresses.clear();
  };
}

/** Returns the limits of signals. The real timer stays: it ends what hangs for real. */
function makeLimitsVirtual(time: VirtualTime): WeakMap<AbortSignal, Limit> {
  const limits = new WeakMap<AbortSignal, Limit>();
  const real = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => {
    const virtual = new AbortController();
    const signal = AbortSignal.any([real(milliseconds), virtual.signal]);
    const abort = () => virtual.abort(new DOMException('no answer in time', 'TimeoutError'));
    limits.set(signal, { deadline: time.now() + milliseconds, abort });
    return signal;
  };
  return limits;
}

/** Makes DNS answer for the sites; for other names, the real one does. Returns all addresses that were answered. */
function resolveSites(find: (host: string) => Promise<readonly string[] | null>): Set<string> {
  const answered = new Set<string>();
  const dns = process.getBuiltinModule('node:dns/promises');
  const real = dns.lookup;
  const lookup = async (host: string, options: { readonly all: true }) => {
    const found = await find(host);
    if (found === null) return real(host, options);
    for (const address of found) answered.add(address);
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  dns.lookup = lookup as typeof dns.lookup;
  return answered;
}

function addressesOf(request: Request, origin: string, host: string): Promise<readonly string[] | null> {
  const { hostname, port } = new URL(origin);
  const path = `/addresses?${new URLSearchParams({ host }).toString()}`;
  return new Promise((done, fail) => {
    request({ hostname, port, path }, (response) => {
      void response
        .setEncoding('utf8')
        .toArray()
        .then((parts) => done(JSON.parse(parts.join('')) as readonly string[] | null), fail);
    })
      .on('error', fail)
      .end();
  });
}

/** Returns the address that a request would connect to, if it brings its own lookup. */
function addressOf({ hostname, lookup }: HTTP.RequestOptions): string {
  let found = '';
  lookup?.(hostname ?? '', { all: true }, (_, addresses) => {
    found = typeof addresses === 'string' ? addresses : (addresses[0]?.address ?? '');
  });
  return found;
}

function visitOf(origin: string, address: string, options: HTTP.RequestOptions): HTTP.RequestOptions {
  const { protocol, hostname, port, path } = options;
  const place = port ? `:${port}` : '';
  const url = `${protocol}//${hostname}${place}${path}`;
  const server = new URL(origin);
  const query = new URLSearchParams({ address, url }).toString();
  return { hostname: server.hostname, port: server.port, path: `/visit?${query}` };
}
