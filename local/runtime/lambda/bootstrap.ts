/**
 * What runs inside the thread of one container, in place of Lambda's Node.js runtime: makes the time virtual, loads the
 * bundle, and calls its handler for each invocation. It is loaded by Node itself and imports nothing of the project but
 * types.
 */
import type HTTP from 'node:http';
import { enableCompileCache, flushCompileCache, syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Call, FunctionError, Init, Report } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

if (parentPort === null) throw new Error('the bootstrap runs in a worker thread');
const port = parentPort;
const init = workerData as Init;
const time = new Float64Array(init.time);
const report = (message: Report): void => port.postMessage(message);
const http = lightHttp();

enableCompileCache(init.compiled);
makeTimeVirtual();
catchOutput();
queueRequests();
const handler = await load();
let hasAnswered = false;
port.on('message', (call: Call) => {
  // With nothing else to wait for, a handler that never answers ends the thread, which the container reports.
  port.unref();
  void answer(call).then((message) => {
    port.ref();
    report(message);
    // What the first invocation compiled is kept for the next container; a thread that is ended keeps nothing.
    if (!hasAnswered) flushCompileCache();
    hasAnswered = true;
  });
});
report({ type: 'ready' });

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

function makeTimeVirtual(): void {
  const RealDate = Date;
  const virtualNow = (): number => Math.floor(time[0] ?? 0);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [virtualNow()] : args, newTarget) as object,
    apply: () => new RealDate(virtualNow()).toString(),
    get: (target, key, receiver) =>
      key === 'now' ? virtualNow : (Reflect.get(target, key, receiver) as unknown),
  });
}

/** Output becomes messages, so that it arrives before the answer and in order. */
function catchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      report({ type: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
      const done = rest.at(-1);
      if (typeof done === 'function') (done as () => void)();
      return true;
    };
  }
}

/**
 * Requests over HTTP, by `http.request` and by `fetch`, leave one at a time, in the order in which they were made, each
 * when the one before was answered whole: which of two reaches the wire first must not depend on the machine. What a
 * function does at once therefore takes as long as if it did it one after another.
 */
function queueRequests(): void {
  let last: Promise<unknown> = Promise.resolve();
  const inLine = <T>(send: () => Promise<T>): Promise<T> => {
    const sent = last.then(comeToRest).then(send);
    last = sent.catch(() => undefined);
    return sent;
  };
  queueHttp(inLine);
  queueFetch(inLine);
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

/** An agent is asked for a socket when a request is made; the request waits until it gets one. */
function queueHttp(inLine: Line): void {
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
  const { request } = http;
  const queued = (options: HTTP.RequestOptions, onResponse?: (response: HTTP.IncomingMessage) => void) =>
    request({ ...options, agent }, onResponse);
  http.request = queued as typeof http.request;
  syncBuiltinESMExports();
}

/** Node's types leave it out, and every agent of another make replaces it. */
type AddRequest = (request: HTTP.ClientRequest, options: HTTP.RequestOptions) => void;

function queueFetch(inLine: Line): void {
  const { fetch } = globalThis;
  globalThis.fetch = (...asked) =>
    inLine(async () => {
      const response = await fetch(...asked);
      await response.clone().arrayBuffer();
      return response;
    });
}

async function load(): Promise<Handler> {
  try {
    const exported = (await import(pathToFileURL(init.module).href)) as Record<string, unknown>;
    const found = exported[init.handler];
    if (typeof found !== 'function')
      throw named('Runtime.HandlerNotFound', `${init.handler} is undefined or not exported`);
    return found as Handler;
  } catch (error) {
    report({ type: 'error', error: describe(error), fatal: true });
    process.exit(1);
  }
}

async function answer({ event, ...call }: Call): Promise<Report> {
  try {
    const result = await handler(JSON.parse(event), contextOf(call));
    return { type: 'answer', payload: JSON.stringify(result ?? null) };
  } catch (error) {
    return { type: 'error', error: describe(error), fatal: false };
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId, functionArn, deadline }: Omit<Call, 'event'>): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    awsRequestId: requestId,
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  const trace = (error.stack ?? '').replaceAll(init.root, '/var/task').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
