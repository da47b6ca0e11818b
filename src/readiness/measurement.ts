import type { Measured } from '../rollback/measured.ts';
import type { Outcome } from '../rollback/outcome.ts';
import { rehearsalOf, type Instant, type Request } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';

/** How long one rollback took. */
export interface Measurement {
  /** ARN of its execution. */
  readonly execution: string;
  readonly at: Instant;
  /** Name of the rung that went back. */
  readonly rung: string;
  /** From its start until users were served well, without the time of answers and pauses. */
  readonly seconds: number;
  /** It was the way back of a rehearsal. */
  readonly isRehearsal: boolean;
}

/** The part of a rollback's record that measures it. */
export interface Recorded {
  readonly execution: string;
  readonly startedAt: Instant;
  readonly request: Request;
  readonly outcome?: Outcome;
  readonly measured?: Measured;
}

/**
 * Returns how long the rollbacks took that are proven, in the same order. Without the times of its steps a record says
 * nothing: people may have answered for hours, or AWS went back natively, which the deployments show.
 */
export function measurementsIn(records: readonly Recorded[]): readonly Measurement[] {
  return records.flatMap(({ execution, startedAt, request, outcome, measured }) => {
    if (outcome?.state !== 'rolled-back' || measured === undefined) return [];
    const { rung, restoredAt, waitedSeconds = 0 } = measured;
    const seconds = Math.max(0, secondsBetween(startedAt, restoredAt) - waitedSeconds);
    return [{ execution, at: startedAt, rung, seconds, isRehearsal: rehearsalOf(request)?.way === 'back' }];
  });
}
