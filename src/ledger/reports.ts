import type { Instant } from '../rollback/request.ts';

/** A deployment of a target of which AWS keeps no record, as events reported it. */
export interface Report {
  readonly deployment: string;
  /** Absent: its beginning was not reported. */
  readonly startedAt?: Instant;
  /** Absent: its end was not reported. */
  readonly ended?: { readonly state: 'completed' | 'failed'; readonly at: Instant };
}

/** One reported step of a deployment. */
export interface ReportedStep {
  readonly target: string;
  readonly deployment: string;
  readonly state: 'started' | 'completed' | 'failed' | 'stalled';
  readonly at: Instant;
}

/** The reports of deployments. Idempotent: the first beginning and the first end of a deployment stay. */
export interface Reports {
  keep(step: ReportedStep): Promise<void>;
  /** Returns the reports of a target, newest first by their beginning. */
  of(target: string): Promise<readonly Report[]>;
}

/** Returns when a reported deployment began, as far as it is known. */
export function beganAt({ startedAt, ended }: Report): Instant {
  return startedAt ?? ended?.at ?? '';
}
