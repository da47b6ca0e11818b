import type { Context } from 'aws-lambda';
import { NAMES_OF_REFUSALS } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { createOwnMetrics, type Publish } from './own-metrics.ts';
import type { Surroundings } from './surroundings.ts';

/** Counts the failures of a function whose errors may be refusals. */
export interface Failures {
  /** Runs a call. Publishes one failure if it throws an error that is no refusal, or is about to time out. */
  during<Answer>(
    call: () => Promise<Answer>,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<Answer>;
}

/** Before the end of a call, for the line of the log. */
const MILLISECONDS_BEFORE_TIMEOUT = 500;

/**
 * Publishes failures as a metric. A state machine branches by the names of errors, so a function throws what it refuses,
 * and Lambda counts that in `Errors`. The alarm of these functions watches this metric instead (ADR 39). A crash, such as
 * too little memory, publishes nothing: the state machine retries it, and the rollback ends with Lambda's error.
 */
export function createFailures({ setting, now }: Pick<Surroundings, 'setting' | 'now'>): Failures {
  let publish: Publish | null = null;
  const note = (why: string, at: Instant): void => {
    publish ??= createOwnMetrics(setting('OWN_NAME'));
    const failure = { name: 'Failures', unit: 'Count', value: 1, why } as const;
    const byFunction = { function: setting('AWS_LAMBDA_FUNCTION_NAME') };
    publish(
      [
        { ...failure, dimensions: {} },
        { ...failure, dimensions: byFunction },
      ],
      at,
    );
  };
  return {
    during: async (call, context) => {
      const began = now();
      const timer = setTimeout(() => note('timed out', began), millisecondsFor(context)).unref();
      try {
        return await call();
      } catch (error) {
        if (!isRefusal(error)) note(error instanceof Error ? error.name : typeof error, began);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && NAMES_OF_REFUSALS.includes(error.name);
}

function millisecondsFor(context: Pick<Context, 'getRemainingTimeInMillis'>): number {
  return Math.max(context.getRemainingTimeInMillis() - MILLISECONDS_BEFORE_TIMEOUT, 0);
}
