import type { Clock, Timer } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import { SECRET_MARK } from '../../world/secret-mark.ts';
import { AwsError } from '../../world/service.ts';
import { TaskError } from './task-error.ts';

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly heartbeatSeconds?: number;
  heartbeat?: Timer;
}

/**
 * Task tokens and the tasks that wait for them:
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export class Tokens {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #waiting = new Map<string, Waiting>();
  readonly #over = new Set<string>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  issue(): string {
    return SECRET_MARK + this.#random.hex(128);
  }

  /** Resolves or rejects when a caller answers the token. */
  wait(token: string, heartbeatSeconds?: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        resolve,
        reject,
        ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
      };
      this.#waiting.set(token, waiting);
      this.#expectHeartbeat(token, waiting);
    });
  }

  /** Removes a token that no task waits for any more. */
  end(token: string): void {
    this.#waiting.get(token)?.heartbeat?.cancel();
    if (this.#waiting.delete(token)) this.#over.add(token);
  }

  succeed(token: string, output: unknown): void {
    const { resolve } = this.#find(token);
    this.end(token);
    resolve(output);
  }

  fail(token: string, error: string, cause: string): void {
    const { reject } = this.#find(token);
    this.end(token);
    reject(new TaskError(error, cause));
  }

  heartbeat(token: string): void {
    this.#expectHeartbeat(token, this.#find(token));
  }

  #expectHeartbeat(token: string, waiting: Waiting): void {
    waiting.heartbeat?.cancel();
    if (waiting.heartbeatSeconds === undefined) return;
    waiting.heartbeat = this.#clock.after(waiting.heartbeatSeconds * 1000, () => {
      this.end(token);
      waiting.reject(new TaskError('States.HeartbeatTimeout', ''));
    });
  }

  #find(token: string): Waiting {
    const waiting = this.#waiting.get(token);
    if (waiting !== undefined) return waiting;
    if (this.#over.has(token))
      throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  }
}
