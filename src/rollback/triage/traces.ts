/** A task that stopped. */
export interface Stop {
  /** It ran the revision at fault. */
  readonly isAtFault: boolean;
  /** The stop code of ECS: `EssentialContainerExited`; empty: none. */
  readonly code: string;
  readonly reason: string;
  readonly containers: readonly StoppedContainer[];
  /** The line of the evidence that shows it. */
  readonly line: string;
}

export interface StoppedContainer {
  readonly name: string;
  /** Absent: it never started. */
  readonly exitCode?: number;
  readonly reason: string;
}

/** What the sources of evidence found, as far as triage reads it. Each part comes from one source. */
export interface Traces {
  readonly stops: readonly Stop[];
  /** Messages of the scheduler of ECS that are not routine, since the release began. */
  readonly complaints: readonly string[];
  /** Why Auto Scaling could not launch instances since the release began. */
  readonly launches: readonly string[];
  /** Why Auto Scaling took instances out of service since the release began, where a check failed. */
  readonly ousted: readonly string[];
  /** Why an instance refresh failed. */
  readonly refreshes: readonly string[];
  /** Lines of the consoles of instances of the revision at fault. */
  readonly boots: readonly string[];
  /** Log lines of failed invocations of the revision at fault. */
  readonly invocations: readonly string[];
  /** Targets that a load balancer calls unhealthy, one line each. */
  readonly unhealthy: readonly string[];
  /** The last log lines of containers or instances of the revision at fault. */
  readonly logs: readonly string[];
  /** The desired count before the release and since; null: unknown. */
  readonly count: { readonly before: number; readonly now: number } | null;
}

export const NO_TRACES: Traces = {
  stops: [],
  complaints: [],
  launches: [],
  ousted: [],
  refreshes: [],
  boots: [],
  invocations: [],
  unhealthy: [],
  logs: [],
  count: null,
};
