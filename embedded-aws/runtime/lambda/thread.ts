import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { Birth, Order, Report } from './messages.ts';

/** Whoever uses a thread hears what goes on in it. */
export interface Listener {
  readonly hear: (report: Report) => void;
  /** The thread is gone, by this error. */
  readonly gone: (errorType: string, errorMessage: string) => void;
}

/** Modules are never unloaded: a thread that has been this many containers is not used again. */
const CONTAINERS = 20;

/** A thread that does not say so within this real time, in milliseconds, is ended. */
const CLOSE_MS = 1_000;

/** Threads that wait for their next container, by what Node reads of the environment when a thread begins. */
const waiting = new Map<string, Thread[]>();

/**
 * A thread that is one container after the other, one at a time: to begin a thread, and to load in it what all functions
 * need of Node, takes longer than to load a function.
 */
export class Thread {
  #listener: Listener | null = null;
  #containers = 0;
  readonly #worker: Worker;
  readonly #nodeOptions: string;

  /** One that waits; else a new one. */
  static take(nodeOptions: string, listener: Listener): Thread {
    const thread = waiting.get(nodeOptions)?.pop() ?? new Thread(nodeOptions);
    thread.#containers++;
    thread.#listener = listener;
    return thread;
  }

  private constructor(nodeOptions: string) {
    this.#nodeOptions = nodeOptions;
    const workerData: Birth = { compiled: COMPILED };
    this.#worker = new Worker(bootstrap(), { workerData, env: { NODE_OPTIONS: nodeOptions }, execArgv: [] });
    this.#worker.on('message', (report: Report) => this.#listener?.hear(report));
    this.#worker.on('error', (error) =>
      this.#listener?.gone(error instanceof Error ? error.name : 'Runtime.Unknown', String(error)),
    );
    this.#worker.on('exit', (code) => {
      this.#stopWaiting();
      this.#listener?.gone(
        'Runtime.ExitError',
        `Runtime exited without providing a reason: exit status ${code}`,
      );
    });
    this.#worker.unref();
  }

  order(order: Order): void {
    this.#worker.postMessage(order);
  }

  /** While somebody waits for an answer, the thread keeps our own process from ending. */
  async heldFor<T>(answer: Promise<T>): Promise<T> {
    this.#worker.ref();
    try {
      return await answer;
    } finally {
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Keeps the thread for the next container, when this one left nothing behind; else ends it. */
  async giveBack(): Promise<void> {
    if (this.#containers < CONTAINERS && (await this.heldFor(this.#close()))) {
      const others = waiting.get(this.#nodeOptions) ?? [];
      waiting.set(this.#nodeOptions, [...others, this]);
    } else await this.end();
  }

  #stopWaiting(): void {
    const others = waiting.get(this.#nodeOptions)?.filter((thread) => thread !== this) ?? [];
    waiting.set(this.#nodeOptions, others);
  }

  #close(): Promise<boolean> {
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, CLOSE_MS, false);
      const closed = (clean: boolean): void => {
        clearTimeout(limit);
        this.#listener = null;
        resolve(clean);
      };
      this.#listener = {
        hear: (report) => {
          if (report.type === 'closed') closed(report.clean);
        },
        gone: () => closed(false),
      };
      this.order({ type: 'close' });
    });
  }
}

const COMPILED = path.resolve(import.meta.dirname, '../../.build/compiled');

let javascript: URL | undefined;

/** The bootstrap as JavaScript: a thread that strips its types by itself takes half as long again to start. */
function bootstrap(): URL {
  return (javascript ??= compile(path.join(import.meta.dirname, 'bootstrap.ts')));
}

function compile(file: string): URL {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    write: false,
  });
  return new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
}
