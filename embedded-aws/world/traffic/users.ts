import type { Answers } from './publisher.ts';

/** Users who come by another way than a load balancer: a service of the world that is called itself. */
export interface Users {
  /** Sends so many requests each way there is, and says how each was answered. `at`: milliseconds since the epoch. */
  serve(requests: number, at: number): readonly Answers[];
  /** Moves of traffic to what could not carry it, in words. */
  violations(): readonly string[];
  /** From now on this share of requests fails, whoever answers. */
  failAll(share: number): void;
}
