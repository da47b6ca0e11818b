import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { Birth, Order, Report } from './messages.ts';

/** Receives the reports of a thread. */
export interface Listener {
  readonly hear: (report: Report) => void;
  /** The thread is gone, by this error. */
  readonly gone: (errorType: string, errorMessage: string) => void;
}

/** Containers per thread. Node never unloads modules, so a thread is not reused without limit. */
const CONTAINERS = 20;

/** A thread that does not say so within this real time, in milliseconds, is ended. */
const CLOSE_MS = 1_000;

/** Idle threads, by the environment variables that Node reads when a thread starts. */
const waiting = new Map<string, Thread[]>();

/**
 * A thread that hosts one container at a time. It is reused, because to start a thread and to load Node's modules takes
 * longer than to load a function.
 */
export class Thread {
  #listener: Listener | null = null;
  #containers = 0;
  readonly #worker: Worker;
  readonly #nodeOptions: string;

  /** Returns an idle thread, or a new one. */
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

  /** Keeps this process alive while an answer is due from the thread. */
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

  /** Keeps the thread for the next container if this one left nothing behind. Otherwise ends it. */
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

/** The bootstrap as JavaScript: a thread that strips types itself takes half as long again to start. */
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
