import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
import type { LambdaFunction } from '../stack/stack.ts';
import type { Call, FunctionError, Init, Report } from './messages.ts';

export type Answer =
  /** `payload` is JSON. */
  | { readonly state: 'answered'; readonly payload: string }
  | { readonly state: 'failed'; readonly error: FunctionError };

/** Lambda gives a function ten seconds to load: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const LOAD_MS = 10_000;

/** One execution environment of one function: a thread with the function's own environment variables and nothing else. */
export class Container {
  /** Milliseconds since the epoch, virtual: what `Date` says inside. */
  readonly time = new Float64Array(new SharedArrayBuffer(8));
  /** From this virtual instant on it can take the next invocation. */
  freeAt = 0;
  /** False once its thread is gone. */
  alive = true;
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #onLog: (text: string) => void;
  #loaded = false;
  #settle: ((answer: Answer) => void) | null = null;

  constructor(
    lambda: LambdaFunction,
    environment: NodeJS.ProcessEnv,
    root: string,
    at: number,
    onLog: (text: string) => void,
  ) {
    this.#timeoutMs = lambda.timeoutSeconds * 1000;
    this.#onLog = onLog;
    this.time[0] = at;
    const workerData: Init = {
      module: lambda.module,
      handler: lambda.handler,
      compiled: COMPILED,
      time: this.time.buffer,
      root,
    };
    this.#worker = new Worker(bootstrap(), {
      workerData,
      env: environment,
      execArgv: [],
    });
    this.#worker.on('message', (report: Report) => this.#hear(report));
    this.#worker.on('error', (error) =>
      this.#end(failure(error instanceof Error ? error.name : 'Runtime.Unknown', String(error))),
    );
    this.#worker.on('exit', (code) =>
      this.#end(
        failure('Runtime.ExitError', `Runtime exited without providing a reason: exit status ${code}`),
      ),
    );
    this.#worker.unref();
  }

  /** Runs one invocation; loads the function before, the first time. Never rejects. */
  async invoke(call: Call): Promise<Answer> {
    if (!this.#loaded) {
      const loaded = await this.#waitFor(LOAD_MS, () => undefined);
      if (loaded.state === 'failed') return loaded;
      this.#loaded = true;
    }
    return this.#waitFor(this.#timeoutMs, () => this.#worker.postMessage(call));
  }

  async kill(): Promise<void> {
    this.alive = false;
    await this.#worker.terminate();
  }

  /** The limit is real time: it only ever ends a function that hangs for real. Virtual time has its own limit. */
  async #waitFor(limitMs: number, start: () => void): Promise<Answer> {
    this.#worker.ref();
    const answer = new Promise<Answer>((resolve) => {
      this.#settle = resolve;
    });
    const limit = setTimeout(() => {
      this.#end(timedOut(limitMs));
      void this.kill();
    }, limitMs);
    start();
    try {
      return await answer;
    } finally {
      clearTimeout(limit);
      this.#worker.unref();
    }
  }

  #hear(report: Report): void {
    if (report.type === 'log') this.#onLog(report.text);
    else if (report.type === 'ready') this.#answer({ state: 'answered', payload: 'null' });
    else if (report.type === 'answer') this.#answer({ state: 'answered', payload: report.payload });
    else if (report.fatal) this.#end({ state: 'failed', error: report.error });
    else this.#answer({ state: 'failed', error: report.error });
  }

  #answer(answer: Answer): void {
    this.#settle?.(answer);
    this.#settle = null;
  }

  #end(answer: Answer): void {
    this.alive = false;
    this.#answer(answer);
  }
}

/**
 * A timeout, as Lambda reports it and Step Functions names it:
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function timedOut(limitMs: number): Answer {
  return failure('Sandbox.Timedout', `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`);
}

function failure(errorType: string, errorMessage: string): Answer {
  return { state: 'failed', error: { errorType, errorMessage } };
}

const COMPILED = path.resolve(import.meta.dirname, '../../../.build/local/compiled');

let javascript: URL | undefined;

/** The bootstrap as JavaScript: a thread that strips its types by itself takes half as long again to start. */
function bootstrap(): URL {
  return (javascript ??= compile(path.join(import.meta.dirname, 'bootstrap.ts')));
}

function compile(file: string): URL {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node24',
    sourcefile: file,
  });
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
