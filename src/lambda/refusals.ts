import { NAMES_OF_REFUSALS } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { createOwnMetrics, type Publish } from './own-metrics.ts';
import type { Surroundings } from './surroundings.ts';

/** Counts the errors of a function that are refusals. */
export interface Refusals {
  readonly now: () => Instant;
  /** Never throws. @param at when the call began, because Lambda counts its errors by that */
  readonly note: (error: unknown, at: Instant) => void;
}

/**
 * Publishes refusals as a metric. A state machine branches by the names of errors, so a function throws what it refuses,
 * and Lambda counts that as an error. The alarm on a function's errors leaves refusals out (ADR 39, scripts/watched.cjs).
 * Unknown: fill-without-datapoints.
 */
export function createRefusals({ setting, now }: Pick<Surroundings, 'setting' | 'now'>): Refusals {
  let publish: Publish | null = null;
  return {
    now,
    note: (error, at) => {
      if (!(error instanceof Error) || !NAMES_OF_REFUSALS.includes(error.name)) return;
      publish ??= createOwnMetrics(setting('OWN_NAME'));
      const dimensions = { function: setting('AWS_LAMBDA_FUNCTION_NAME') };
      publish([{ name: 'Refusals', unit: 'Count', value: 1, dimensions, why: error.name }], at);
    },
  };
}
