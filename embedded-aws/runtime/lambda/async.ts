import type { Clock } from '../../world/clock.ts';
import { Lasting, type End } from '../../world/lasting.ts';
import type { Random } from '../../world/random.ts';
import { AwsError } from '../../world/service.ts';
import type { LambdaFunction } from '../stack/stack.ts';
import type { Answer } from './container.ts';
import type { Lambda } from './lambda.ts';
import type { FunctionError } from './messages.ts';

/** Waits between the attempts: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const WAITS_MS = [60_000, 120_000];

/** Waits after throttling, which is no attempt: from one second, doubled, to five minutes (same page). */
const FIRST_THROTTLED_MS = 1_000;
const MAX_THROTTLED_MS = 300_000;

/** How long after an event its second copy runs. AWS names no figure. */
const SECOND_COPY_MS = 1_500;

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
  readonly #doubled = new Lasting<(functionName: string) => boolean>();

  /** @param onFailure called when the last attempt has failed */
  constructor(lambda: Lambda, clock: Clock, random: Random, onFailure: (failure: Failure) => void) {
    this.#lambda = lambda;
    this.#clock = clock;
    this.#random = random;
    this.#onFailure = onFailure;
  }

  /** Runs events twice, "because the queue itself is eventually consistent" (same page). */
  duplicate(which: (functionName: string) => boolean): End {
    return this.#doubled.begin(which);
  }

  /** Takes an event. The first attempt is made at once. */
  take(lambda: LambdaFunction, event: unknown): void {
    const pending = { lambda, event, requestId: this.#random.uuid(), takenAt: this.#clock.now() };
    void this.#attempt(pending, 1);
    if (this.#doubled.some((which) => which(lambda.name)))
      this.#clock.after(SECOND_COPY_MS, () => void this.#attempt(pending, 1));
  }

  async #attempt(pending: Pending, attempts: number): Promise<void> {
    const answer = await this.#invoked(pending);
    if (answer.state === 'answered') return;
    if (answer.state === 'refused') {
      this.#failed(pending, answer, attempts - 1, 'EventAgeExceeded');
      return;
    }
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

  /** Returns the answer of a function that ran, or the last refusal of an event that has become too old. */
  async #invoked({ lambda, event, takenAt }: Pending): Promise<Answer | Refusal> {
    for (let wait = FIRST_THROTTLED_MS; ; wait = Math.min(wait * 2, MAX_THROTTLED_MS)) {
      try {
        return await this.#lambda.invoke(lambda, event);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (this.#clock.now() + wait - takenAt > lambda.async.maxAgeSeconds * 1000) return refusalBy(error);
        await new Promise<void>((resolve) => void this.#clock.after(wait, resolve));
      }
    }
  }

  #failed(
    { lambda, event, requestId }: Pending,
    answer: Answer | Refusal,
    attempts: number,
    condition: Failure['condition'],
  ): void {
    if (answer.state !== 'answered')
      this.#onFailure({ lambda, requestId, event, error: answer.error, attempts, condition });
  }
}

/** Lambda did not run the function. */
interface Refusal {
  readonly state: 'refused';
  readonly error: FunctionError;
}

function refusalBy({ code, message }: AwsError): Refusal {
  return { state: 'refused', error: { errorType: code, errorMessage: message } };
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
