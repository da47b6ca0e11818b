import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import type { LambdaFunction } from '../stack/stack.ts';
import type { Answer } from './container.ts';
import type { Lambda } from './lambda.ts';
import type { FunctionError } from './messages.ts';

/** Waits between the attempts: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const WAITS_MS = [60_000, 120_000];

/** An event that a function failed for good. */
export interface Failure {
  readonly lambda: LambdaFunction;
  readonly requestId: string;
  readonly event: unknown;
  readonly error: FunctionError;
  readonly attempts: number;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
}

/** Lambda's own queue for events. The caller does not wait, and failed invocations are retried. */
export class AsyncInvocations {
  readonly #lambda: Lambda;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #onFailure: (failure: Failure) => void;

  /** @param onFailure called when the last attempt has failed */
  constructor(lambda: Lambda, clock: Clock, random: Random, onFailure: (failure: Failure) => void) {
    this.#lambda = lambda;
    this.#clock = clock;
    this.#random = random;
    this.#onFailure = onFailure;
  }

  /** Takes an event. The first attempt is made at once. */
  take(lambda: LambdaFunction, event: unknown): void {
    const pending = { lambda, event, requestId: this.#random.uuid(), takenAt: this.#clock.now() };
    void this.#attempt(pending, 1);
  }

  async #attempt(pending: Pending, attempts: number): Promise<void> {
    const answer = await this.#lambda.invoke(pending.lambda, pending.event);
    if (answer.state === 'answered') return;
    const { retries, maxAgeSeconds } = pending.lambda.async;
    const wait = WAITS_MS[attempts - 1] ?? 0;
    if (attempts > retries) {
      this.#failed(pending, answer, attempts, 'RetriesExhausted');
      return;
    }
    if (this.#clock.now() + wait - pending.takenAt > maxAgeSeconds * 1000) {
      this.#failed(pending, answer, attempts, 'EventAgeExceeded');
      return;
    }
    this.#clock.after(wait, () => void this.#attempt(pending, attempts + 1));
  }

  #failed(
    { lambda, event, requestId }: Pending,
    answer: Answer,
    attempts: number,
    condition: Failure['condition'],
  ): void {
    if (answer.state === 'failed')
      this.#onFailure({ lambda, requestId, event, error: answer.error, attempts, condition });
  }
}

interface Pending {
  readonly lambda: LambdaFunction;
  readonly event: unknown;
  readonly requestId: string;
  readonly takenAt: number;
}

/** The record that an on-failure destination gets: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function invocationRecord(
  { lambda, requestId, event, error, attempts, condition }: Failure,
  at: string,
): object {
  return {
    version: '1.0',
    timestamp: at,
    requestContext: {
      requestId,
      functionArn: `${lambda.arn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: error,
  };
}

/** The attributes of a message in a function's dead-letter queue; its body is the event (same page). */
export function deadLetterAttributes({ requestId, error }: Failure): Record<string, string> {
  return { RequestID: requestId, ErrorCode: '200', ErrorMessage: error.errorMessage.slice(0, 1024) };
}
