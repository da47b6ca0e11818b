import type { Clients } from './clients.ts';

/** Where the program runs: AWS itself, or the embedded AWS with its own time and users. */
export interface Ground {
  readonly clients: Clients;
  readonly region: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Lets time pass. Returns early once the signal is aborted. */
  wait(seconds: number, signal?: AbortSignal): Promise<void>;
  /** Sends the users' requests, until it is stopped. */
  send(users: readonly Users[]): Load;
}

/** Users of one part: of an address over HTTP, or of a function, by an alias if it has one. */
export type Users = { readonly url: string } | { readonly functionName: string; readonly alias?: string };

export interface Load {
  /** Requests that were sent, and those of functions among them. */
  readonly sent: { readonly requests: number; readonly invocations: number };
  stop(): Promise<void>;
}

/** The person at the keyboard ended it. */
export class Interrupted extends Error {}

/** Returns a wait that throws once the signal is aborted. */
export function patiently(ground: Pick<Ground, 'wait'>, signal: AbortSignal): Wait {
  return async (seconds) => {
    if (!signal.aborted) await ground.wait(seconds, signal);
    if (signal.aborted) throw new Interrupted('interrupted');
  };
}

export type Wait = (seconds: number) => Promise<void>;
