/**
 * Runs inside a thread in place of Lambda's Node.js runtime. It makes time virtual and hosts one container after the other:
 * it loads the bundle, calls its handler for each invocation, and removes every trace of it. Node loads this file,
 * bundled with `line.ts`, `sites.ts` and `invocation.ts`. Its other imports are types only.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { scheduler } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { contextOf, describe } from './invocation.ts';
import { queueRequests } from './line.ts';
import type { Birth, Call, FunctionError, Init, Order, Report } from './messages.ts';
import { reachSites } from './sites.ts';

type Handler = (event: unknown, context: object) => unknown;

if (parentPort === null) throw new Error('the bootstrap runs in a worker thread');
const port = parentPort;
const report = (message: Report): void => port.postMessage(message);

let time = new Float64Array(new SharedArrayBuffer(8));
let root = '';
let handler: Handler;
let opened = 0;
enableCompileCache((workerData as Birth).compiled);
makeTimeVirtual();
makeWaitsVirtual();
catchOutput();
const renew = queueRequests();
const setSites = reachSites({
  now: () => time[0] ?? 0,
  set: (instant) => {
    time[0] = instant;
  },
});
const OURS = globals();

port.on('message', (order: Order) => {
  if (order.type === 'open') void open(order.init);
  else if (order.type === 'invoke') void invoke(order.call);
  else void close();
});

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

/** `scheduler.wait` lets the time of the invocation pass. All other timers are real: they only end what hangs. */
function makeWaitsVirtual(): void {
  const wait = (milliseconds: number): Promise<void> => {
    time[0] = (time[0] ?? 0) + milliseconds;
    return Promise.resolve();
  };
  Object.defineProperty(scheduler, 'wait', { value: wait });
}

/** Output becomes messages, so that it arrives before the answer and in order. */
function catchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      report({ type: 'log', text: withoutCount(text) });
      const done = rest.at(-1);
      if (typeof done === 'function') (done as () => void)();
      return true;
    };
  }
}

async function open(init: Init): Promise<void> {
  time = new Float64Array(init.time);
  root = init.root;
  setSites(init.sites);
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, init.environment);
  try {
    handler = await load(init);
    report({ type: 'ready' });
  } catch (error) {
    report({ type: 'error', error: described(error), fatal: true });
    process.exit(1);
  }
}

/** Each container has a copy of the bundle's modules: Node makes a new one for each query. */
async function load(init: Init): Promise<Handler> {
  opened++;
  const module = `${pathToFileURL(init.module).href}?${opened}`;
  const exported = (await import(module)) as Record<string, unknown>;
  const found = exported[init.handler];
  if (typeof found !== 'function')
    throw named('Runtime.HandlerNotFound', `${init.handler} is undefined or not exported`);
  return found as Handler;
}

/** With nothing else to wait for, a handler that never answers ends the thread, which the container reports. */
async function invoke(call: Call): Promise<void> {
  port.unref();
  const message = await answer(call);
  port.ref();
  report(message);
}

async function answer({ event, ...call }: Call): Promise<Report> {
  try {
    const result = await handler(
      JSON.parse(event),
      contextOf(call, process.env, () => Date.now()),
    );
    return { type: 'answer', payload: JSON.stringify(result ?? null) };
  } catch (error) {
    return { type: 'error', error: described(error), fatal: false };
  }
}

/** Says whether the thread is clean: nothing still runs, and the function added and replaced no global. */
async function close(): Promise<void> {
  await renew();
  flushCompileCache();
  for (const key of Reflect.ownKeys(globalThis)) if (!OURS.has(key)) Reflect.deleteProperty(globalThis, key);
  const isQuiet = process.getActiveResourcesInfo().every((name) => name === 'MessagePort');
  const now = globals();
  const isBare = [...now.keys()].every((key) => OURS.has(key) || isOfFetch(key));
  // Some of Node's own are made when first used: they had no value at the beginning.
  const isWhole = [...OURS].every(([key, value]) => value === undefined || Object.is(now.get(key), value));
  report({ type: 'closed', clean: isQuiet && isBare && isWhole });
}

/** Each global with its value, where it has one and no getter. */
function globals(): ReadonlyMap<string | symbol, unknown> {
  const valueOf = (key: string | symbol): unknown => Object.getOwnPropertyDescriptor(globalThis, key)?.value;
  return new Map(Reflect.ownKeys(globalThis).map((key) => [key, valueOf(key)]));
}

/** Globals that Node creates once per thread, when `fetch` or one of its classes is first used. */
function isOfFetch(key: string | symbol): boolean {
  return typeof key === 'symbol' && (key.description ?? '').startsWith('undici.globalDispatcher.');
}

/** Returns an error without text that depends on the number of earlier containers in the thread. */
function described(error: unknown): FunctionError {
  const { trace = [], ...rest } = describe(error, root);
  return { ...rest, trace: trace.map(withoutCount) };
}

/** Removes the number of the modules' copy, which depends on the earlier containers in the thread. */
function withoutCount(text: string): string {
  return text.replaceAll(`.mjs?${opened}:`, '.mjs:');
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
