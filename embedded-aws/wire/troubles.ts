import { Lasting, type End } from '../world/lasting.ts';
import { AwsError, isRead, type Access } from '../world/service.ts';
import type { OpenCall, Troubled } from './calls.ts';
import { StaleReads } from './stale-reads.ts';

/** A call that the client gives up after so many seconds. */
export interface Silence {
  readonly seconds: number;
  /** Whether AWS did what was asked. */
  readonly isDone: boolean;
}

/** The client heard nothing within its own limit. In process it is the SDK's `TimeoutError`, over HTTP an error 500. */
export class Unanswered extends Error {
  override readonly name = 'TimeoutError';

  constructor(seconds: number) {
    super(`Connection timed out after ${seconds * 1000} ms`);
  }
}

/**
 * What may go wrong with a call, besides the errors and rates of {@link Disturbances}. Each lasts until it is ended, and
 * several may last at once.
 */
export class Troubles {
  readonly #refusals = new Lasting<(call: Troubled) => AwsError | null>();
  readonly #denials = new Lasting<(role: string, access: Access) => boolean>();
  readonly #silences = new Lasting<(call: Troubled) => Silence | null>();
  readonly #slow = new Lasting<(call: Troubled) => number>();
  readonly #stale = new StaleReads();
  readonly #waited = new WeakMap<object, number>();

  /** Refuses calls that IAM allows. AWS did nothing. */
  refuse(refusal: (call: Troubled) => AwsError | null): End {
    return this.#refusals.begin(refusal);
  }

  /**
   * Takes permissions away, as a service control policy does.
   * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
   */
  deny(denies: (role: string, access: Access) => boolean): End {
    return this.#denials.begin(denies);
  }

  /**
   * Leaves calls without an answer; some of them are done all the same.
   * https://aws.amazon.com/builders-library/making-retries-safe-with-idempotent-APIs/
   */
  silence(silent: (call: Troubled) => Silence | null): End {
    return this.#silences.begin(silent);
  }

  /** Makes calls take so many seconds longer. */
  slow(seconds: (call: Troubled) => number): End {
    return this.#slow.begin(seconds);
  }

  /**
   * Answers reads as they were answered up to so many seconds before. Consistent reads of DynamoDB are never stale.
   * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
   */
  stale(which: (call: Troubled) => boolean, seconds: number): End {
    return this.#stale.begin({ which, seconds });
  }

  /** @throws AwsError if a permission was taken away */
  authorize(role: string, accesses: readonly Access[]): void {
    const denied = accesses.find((access) => this.#denials.some((denies) => denies(role, access)));
    if (denied === undefined) return;
    const { action, resource, refusal } = denied;
    throw (
      refusal ??
      new AwsError(
        'AccessDeniedException',
        `User: ${role} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in a service control policy`,
      )
    );
  }

  /**
   * Runs a call that was admitted, or answers in its place.
   * @throws AwsError | Unanswered
   */
  run<Output>(call: OpenCall, at: number, input: unknown, work: () => Output): Output {
    const refusal = this.#refusals.first((refuses) => refuses(call));
    if (refusal !== null) throw refusal;
    const silence = this.#silences.first((silent) => silent(call));
    const read = isRead(call.operation) ? () => this.#stale.read(call, at, input, work) : work;
    if (silence === null) return read();
    if (silence.isDone) work();
    this.#waited.set(call, silence.seconds * 1000);
    throw new Unanswered(silence.seconds);
  }

  /** Returns the milliseconds that a call takes longer. */
  slowness(call: OpenCall): number {
    const slower = this.#slow.all.reduce((sum, seconds) => sum + seconds(call) * 1000, 0);
    return slower + (this.#waited.get(call) ?? 0);
  }
}
