import type { Instant } from '../rollback/request.ts';

/** The probes of one look, as Weigh keeps them. */
export interface ProbeTally {
  readonly at: Instant;
  readonly sent: number;
  readonly failed: number;
  readonly slow: number;
}

/** What Weigh remembers from look to look. */
export interface Counters {
  readonly looks: number;
  /** Probes through the listener of users, of the last minutes, oldest first. */
  readonly users: readonly ProbeTally[];
  /** Probes that reached only the newer side, of the last minutes, oldest first. */
  readonly newer: readonly ProbeTally[];
  /** Probes through the listener of users before the newer side could take traffic. */
  readonly before: Before;
  /** When each target of the newer side was first seen, by its id. */
  readonly firstSeen: Readonly<Record<string, Instant>>;
  /** Targets that were there before the newer side. Absent: not read yet. */
  readonly known?: readonly string[];
  /** When a target of the newer side was first seen healthy. Absent: none was yet. */
  readonly healthySince?: Instant;
  /** Targets of the newer side that were seen healthy. A target that starts slowly is not among them yet. */
  readonly wereHealthy?: readonly string[];
  /**
   * Since when each reading of the targets has found most of those that were healthy unhealthy, or all where none ever
   * was. Absent: the last one did not.
   */
  readonly unhealthySince?: Instant;
  /** When the deployment was first seen at its present pause. */
  readonly pausedSince?: Instant;
  /** The pause that was answered last. */
  readonly passed?: { readonly hook: string; readonly at: Instant };
  /** The pauses at which a person was asked. Absent: none. */
  readonly asked?: readonly string[];
}

/** `seconds`: the longest median of an answer; null: none was answered. */
export interface Before {
  readonly sent: number;
  readonly bad: number;
  readonly seconds: number | null;
}

export const NO_COUNTERS: Counters = {
  looks: 0,
  users: [],
  newer: [],
  before: { sent: 0, bad: 0, seconds: null },
  firstSeen: {},
};
