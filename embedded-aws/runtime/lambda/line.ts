/** HTTP requests of a container's thread. Part of the bootstrap. */
import type HTTP from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

/** Resolves when every request is answered, and closes the connections that `http.request` kept. */
export type Renew = () => Promise<void>;

/**
 * Sends HTTP requests, by `http.request` and by `fetch`, one at a time and in the order in which they were made. Each waits
 * for the complete answer to the previous one, so that their order does not depend on the machine. Parallel requests of
 * a function therefore take as long as sequential ones.
 */
export function queueRequests(): Renew {
  let last: Promise<unknown> = Promise.resolve();
  const inLine = <T>(send: () => Promise<T>): Promise<T> => {
    const sent = last.then(comeToRest).then(send);
    last = sent.catch(() => undefined);
    return sent;
  };
  const hangUp = queueHttp(inLine);
  queueFetch(inLine);
  return async () => {
    await last;
    hangUp();
    await comeToRest();
  };
}

/** More turns of the event loop than the SDK or `fetch` take from an answer's end to the request that follows from it. */
const TURNS = 20;

/**
 * Lets the code that waits for an answer or a file continue before the next request leaves. Otherwise the machine would
 * decide the order of two requests. Each client of the SDK reads configuration files when it is first used.
 */
async function comeToRest(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'))) turn = 0;
  }
}

type Line = <T>(send: () => Promise<T>) => Promise<T>;

/** Returns a function that closes the kept connections. */
function queueHttp(inLine: Line): () => void {
  const http = lightHttp();
  let agent = agentOf(http, inLine);
  const { request } = http;
  const queued = (options: HTTP.RequestOptions, onResponse?: (response: HTTP.IncomingMessage) => void) =>
    request({ ...options, agent }, onResponse);
  http.request = queued as typeof http.request;
  syncBuiltinESMExports();
  return () => {
    agent.destroy();
    agent = agentOf(http, inLine);
  };
}

/**
 * Node's `http` defines these as getters that load all of `fetch`, and an import reads every getter. The functions use none
 * of them. Without them a thread starts in three quarters of the time.
 */
function lightHttp(): typeof HTTP {
  const module = process.getBuiltinModule('node:http');
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent'])
    Object.defineProperty(module, name, { value: undefined });
  return module;
}

/** Node's types leave it out, and every agent of another make replaces it. */
type AddRequest = (request: HTTP.ClientRequest, options: HTTP.RequestOptions) => void;

/** `http` asks an agent for a socket for each request. The request waits until it gets one. */
function agentOf(http: typeof HTTP, inLine: Line): HTTP.Agent {
  const agent = new http.Agent({ keepAlive: true }) as HTTP.Agent & { addRequest: AddRequest };
  const addRequest = agent.addRequest.bind(agent);
  agent.addRequest = (request, options) =>
    void inLine(
      () =>
        new Promise<void>((resolve) => {
          request.once('close', resolve);
          addRequest(request, options);
        }),
    );
  return agent;
}

function queueFetch(inLine: Line): void {
  const { fetch } = globalThis;
  globalThis.fetch = (...asked) =>
    inLine(async () => {
      const response = await fetch(...asked);
      await response.clone().arrayBuffer();
      return response;
    });
}
