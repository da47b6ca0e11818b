/**
 * The options of every AWS client. Two attempts only: the state machine backs off from throttling, where a wait costs
 * nothing and is visible. The timeouts keep a control plane that hangs from using up a Lambda's time.
 */
export const clientOptions = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
} as const;

export interface ClientOptions {
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
  readonly region?: string;
}

/** Makes a client of an AWS service, in the function's own Region unless another is named. */
export type Connect = <Client>(Service: new (options: ClientOptions) => Client, region?: string) => Client;

/** The environment variables of a function. */
export interface Variables {
  /** @throws Error if it is missing or empty: the stack always sets it */
  readonly setting: (name: string) => string;
  readonly variable: (name: string) => string | undefined;
}

export function variable(name: string): string | undefined {
  return process.env[name];
}

/** Reads an environment variable that the stack always sets. */
export function setting(name: string): string {
  const value = variable(name);
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}
