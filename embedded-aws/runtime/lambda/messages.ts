/** What goes between a container and the thread it runs in. */

/** What a thread is begun with. */
export interface Birth {
  /** Folder in which compiled code is kept from one thread to the next. */
  readonly compiled: string;
}

/** Everything a thread needs to become a Lambda execution environment. */
export interface Init {
  /** Absolute path of the bundle, and the name of the handler it exports. */
  readonly module: string;
  readonly handler: string;
  /** All of the function's environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** One float64: the virtual time of the invocation that runs, in milliseconds since the epoch. */
  readonly time: SharedArrayBuffer;
  /** Origin of the server of the world's sites; empty without one. */
  readonly sites: string;
  /** Folder whose path is written as `/var/task` in stack traces, as it would be in Lambda. */
  readonly root: string;
}

/** One invocation. `event` is JSON. */
export interface Call {
  readonly event: string;
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** A thread is opened, invoked as often as one likes, closed, and then opened as the next container. */
export type Order =
  | { readonly type: 'open'; readonly init: Init }
  | { readonly type: 'invoke'; readonly call: Call }
  | { readonly type: 'close' };

/**
 * What Lambda answers when a function failed: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'log'; readonly text: string }
  /** `payload` is JSON. */
  | { readonly type: 'answer'; readonly payload: string }
  /** `fatal`: the environment cannot be used again. */
  | { readonly type: 'error'; readonly error: FunctionError; readonly fatal: boolean }
  /** `clean`: the function left nothing behind that the next container could meet. */
  | { readonly type: 'closed'; readonly clean: boolean };
