/** How requests over HTTP leave the thread of a container; part of the bootstrap. */
import type HTTP from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

/** Resolves when everything that was asked is answered, and closes the connections that `http.request` kept. */
export type Renew = () => Promise<void>;

/**
 * Requests over HTTP, by `http.request` and by `fetch`, leave one at a time, in the order in which they were made, each
 * when the one before was answered whole: which of two reaches the wire first must not depend on the machine. What a
 * function does at once therefore takes as long as if it did it one after another.
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
 * What follows from an answer, or from a file (each client of the SDK looks for configuration when it is first used), is
 * asked before the next request leaves. Else the machine would decide which of two such requests is asked first.
 */
async function comeToRest(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'))) turn = 0;
  }
}

type Line = <T>(send: () => Promise<T>) => Promise<T>;

/** Returns what closes the connections that were kept. */
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
 * Node's `http` has these by getters that load all of `fetch`, and whoever imports it reads every one. Our functions use
 * none of them, and a thread starts in three quarters of the time without.
 */
function lightHttp(): typeof HTTP {
  const module = process.getBuiltinModule('node:http');
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent'])
    Object.defineProperty(module, name, { value: undefined });
  return module;
}

/** Node's types leave it out, and every agent of another make replaces it. */
type AddRequest = (request: HTTP.ClientRequest, options: HTTP.RequestOptions) => void;

/** An agent is asked for a socket when a request is made; the request waits until it gets one. */
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
