import type { Slices } from './document.ts';
import { pausedSeconds } from './pause.ts';
import type { Instant } from './request.ts';

/** When a rollback reached its steps. How long it took follows from the start of its record. */
export interface Measured {
  /** Name of the rung that went back. */
  readonly rung: string;
  /** The first write: Stop, or the start of the rung. */
  readonly wroteAt: Instant;
  /** Users were served well again from here on, as far as the proof of health shows. */
  readonly restoredAt: Instant;
  readonly provenAt: Instant;
  /** Seconds that Lastgood waited for an answer, or was paused. Absent: none. */
  readonly waitedSeconds?: number;
}

/** Returns when a rollback reached its steps. Empty: its health was not proven, or another went back. */
export function measuredIn({ plan, verdict, stopped, reverted, settled, health, paused }: Slices): {
  readonly measured?: Measured;
} {
  if (reverted === undefined || reverted.state !== 'started' || health?.state !== 'proven') return {};
  if (plan === undefined || !('rungs' in plan)) return {};
  if (settled?.state === 'settled' && (settled.byItself || settled.byAnother)) return {};
  const rung = plan.rungs[reverted.rung];
  if (rung === undefined) return {};
  const wroteAt = stopped !== undefined && 'at' in stopped ? stopped.at : reverted.at;
  const waited = (verdict?.askedSeconds ?? 0) + pausedSeconds(paused, health.healthySince);
  return {
    measured: {
      ...{ rung: rung.name, wroteAt, restoredAt: health.healthySince, provenAt: health.at },
      ...(waited > 0 && { waitedSeconds: waited }),
    },
  };
}
