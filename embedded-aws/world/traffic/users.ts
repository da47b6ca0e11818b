import type { Answers } from './publisher.ts';

/** Users who call a service directly, without a load balancer. */
export interface Users {
  /** Sends this many requests over each route, and returns the answers. `at`: milliseconds since the epoch. */
  serve(requests: number, at: number): readonly Answers[];
  /** Returns moves of traffic to endpoints that could not carry it, as text. */
  violations(): readonly string[];
  /** Makes this share of requests fail everywhere from now on. */
  failAll(share: number): void;
}
