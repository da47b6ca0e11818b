import type { LambdaFunction } from '../stack/stack.ts';
import type { Call, FunctionError, Report } from './messages.ts';
import { Thread } from './thread.ts';

export type Answer =
  /** `payload` is JSON. */
  | { readonly state: 'answered'; readonly payload: string }
  | { readonly state: 'failed'; readonly error: FunctionError };

/** Lambda gives a function ten seconds to load: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const LOAD_MS = 10_000;

/** One execution environment of one function. */
export interface ExecutionEnvironment {
  /** Milliseconds since the epoch, virtual: what `Date` says inside. */
  readonly time: Float64Array;
  /** The virtual instant at which it was started, in milliseconds since the epoch. */
  readonly bornAt: number;
  /** From this virtual instant on it can take the next invocation. */
  freeAt: number;
  /** False once it cannot be used any more. */
  readonly alive: boolean;
  /** Of the last invocation: for each request, how many had been answered when it was made. In process only. */
  readonly after?: readonly number[];
  /** Runs one invocation. Never rejects. */
  invoke(call: Call): Promise<Answer>;
  end(): Promise<void>;
}

/** One execution environment of one function: a thread with the function's own environment variables and nothing else. */
export class Container implements ExecutionEnvironment {
  readonly time = new Float64Array(new SharedArrayBuffer(8));
  readonly bornAt: number;
  freeAt = 0;
  alive = true;
  readonly #thread: Thread;
  readonly #timeoutMs: number;
  readonly #onLog: (text: string) => void;
  #loaded = false;
  #ended: Promise<void> | null = null;
  #settle: ((answer: Answer) => void) | null = null;

  constructor(
    lambda: LambdaFunction,
    environment: Readonly<Record<string, string>>,
    root: string,
    at: number,
    sites: string,
    onLog: (text: string) => void,
  ) {
    this.#timeoutMs = lambda.timeoutSeconds * 1000;
    this.#onLog = onLog;
    this.time[0] = at;
    this.bornAt = at;
    this.#thread = Thread.take(environment['NODE_OPTIONS'] ?? '', {
      hear: (report) => this.#hear(report),
      gone: (errorType, errorMessage) => this.#end(failure(errorType, errorMessage)),
    });
    const { module, handler } = lambda;
    const init = { module, handler, environment, time: this.time.buffer, sites, root };
    this.#thread.order({ type: 'open', init });
  }

  /** Runs one invocation; loads the function before, the first time. Never rejects. */
  async invoke(call: Call): Promise<Answer> {
    if (!this.#loaded) {
      const loaded = await this.#waitFor(LOAD_MS, () => undefined);
      if (loaded.state === 'failed') return loaded;
      this.#loaded = true;
    }
    return this.#waitFor(this.#timeoutMs, () => this.#thread.order({ type: 'invoke', call }));
  }

  /** Ends the environment. One that failed or hangs takes its thread with it. */
  end(): Promise<void> {
    const isFit = this.alive && this.#loaded;
    this.alive = false;
    return (this.#ended ??= isFit ? this.#thread.giveBack() : this.#thread.end());
  }

  /** The limit is real time: it only ever ends a function that hangs for real. Virtual time has its own limit. */
  async #waitFor(limitMs: number, start: () => void): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => {
      this.#settle = resolve;
    });
    const limit = setTimeout(() => {
      this.#end(timedOut(limitMs));
      void this.end();
    }, limitMs);
    start();
    try {
      return await this.#thread.heldFor(answer);
    } finally {
      clearTimeout(limit);
    }
  }

  #hear(report: Report): void {
    if (report.type === 'log') this.#onLog(report.text);
    else if (report.type === 'ready') this.#answer({ state: 'answered', payload: 'null' });
    else if (report.type === 'answer') this.#answer({ state: 'answered', payload: report.payload });
    else if (report.type === 'error')
      if (report.fatal) this.#end({ state: 'failed', error: report.error });
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
