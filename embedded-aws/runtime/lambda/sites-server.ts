import type { AddressInfo } from 'node:net';
import { serve, stop, type HttpAnswer, type HttpRequest } from '../../wire/http.ts';
import type { Sites } from '../../world/traffic/sites.ts';

export interface SitesServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the sites of the world to the threads of bundles, which `sites.ts` sends here. */
export async function serveSites(sites: () => Sites): Promise<SitesServer> {
  const server = await serve(0, (request) => Promise.resolve(answerOf(sites(), request)));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => stop(server) };
}

function answerOf(sites: Sites, { path, query }: HttpRequest): HttpAnswer {
  if (path === '/addresses')
    return { status: 200, headers: {}, body: JSON.stringify(sites.resolve(query.get('host') ?? '')) };
  const visit = sites.visit(query.get('address') ?? '', new URL(query.get('url') ?? ''));
  const { status, seconds } = visit ?? { status: 0, seconds: Infinity };
  // Without an answer there is no status. The thread times out and reads none.
  return { status: status === 0 ? 504 : status, headers: { 'x-seconds': String(seconds) }, body: '' };
}
