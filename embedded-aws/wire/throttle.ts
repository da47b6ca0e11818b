import type { Clock } from '../world/clock.ts';
import type { End } from '../world/lasting.ts';
import { AwsError, type Bucket } from '../world/service.ts';
import type { OpenCall } from './calls.ts';

/** An error for an operation to answer. */
export interface Fault {
  readonly service: string;
  readonly operation: string;
  readonly error: AwsError;
}

/** The disturbances of the wire that scenarios may cause. */
export interface Disturbances {
  /**
   * Makes the next `times` calls of the operation fail with the error, whatever the caller. `times` may be Infinity.
   */
  fail(fault: Fault, times: number): void;
  /** Ends the effect of `fail`. */
  heal(service: string, operation: string): void;
  /** Makes every call of a service fail with the error, until `healAll`. */
  failAll(service: string, error: AwsError): void;
  /** Ends the effect of `failAll`. */
  healAll(service: string): void;
  /** Makes every call of the operation take this much longer. */
  slow(service: string, operation: string, seconds: number): void;
  /** Runs `happen` right before the next call of the operation, so that another caller is faster. */
  precede(service: string, operation: string, happen: () => void): void;
  /** Empties a bucket, as another caller in the account would. It refills at its own rate. */
  drain(service: string, bucket: string): void;
  /** Changes a bucket's size and rate to the share that other callers leave. Returns what ends it. */
  shrink(service: string, bucket: string, limit: { readonly burst: number; readonly perSecond: number }): End;
  /** Admits every call from now on, as if no quota was reached. For the setup of a large world. */
  suspendLimits(): void;
  /** Ends the effect of `suspendLimits`. Every bucket is full. */
  resumeLimits(): void;
}

/** A permitted call, and whether its bucket had a token. Without a bucket it is always admitted. */
export interface Admission {
  readonly call: Pick<OpenCall, 'role' | 'service' | 'operation'>;
  readonly bucket: Bucket | undefined;
  readonly throttled: boolean;
}

interface Level {
  tokens: number;
  /** Epoch milliseconds of virtual time. */
  at: number;
}

type Limit = Pick<Bucket, 'burst' | 'perSecond'>;

/** Token buckets on the virtual clock, and the errors and races of scenarios. */
export class Throttle implements Disturbances {
  readonly #clock: Clock;
  readonly #levels = new Map<string, Level>();
  readonly #limits = new Map<string, Limit>();
  readonly #faults = new Map<string, { readonly error: AwsError; left: number }>();
  readonly #down = new Map<string, AwsError>();
  readonly #slow = new Map<string, number>();
  readonly #preceding = new Map<string, () => void>();
  readonly #observe: (admission: Admission) => void;
  #suspended = false;

  /** @param observe receives every call that reaches its rate limit */
  constructor(clock: Clock, observe: (admission: Admission) => void = () => undefined) {
    this.#clock = clock;
    this.#observe = observe;
  }

  get isSuspended(): boolean {
    return this.#suspended;
  }

  /**
   * Takes a token for a call at an instant.
   * @throws AwsError the scenario's error, or the bucket's own when it is empty
   */
  admit(call: Admission['call'], bucket: Bucket | undefined, now: number): void {
    const { service, operation } = call;
    this.#beFaster(`${service}:${operation}`);
    this.#strike(`${service}:${operation}`);
    const down = this.#down.get(service);
    if (down !== undefined) throw down;
    const throttled = bucket !== undefined && !this.#suspended && !this.#take(service, bucket, now);
    this.#observe({ call, bucket, throttled });
    if (throttled) throw new AwsError(bucket.error, 'Rate exceeded');
  }

  /**
   * Takes a token. Returns false when there is none. Time stops while a function runs, so its calls may be at an instant
   * that the clock has not reached: such a call counts on what the bucket gets until then, and takes nothing else of it.
   */
  #take(service: string, bucket: Bucket, now: number): boolean {
    const key = `${service}/${bucket.name}`;
    const limit = this.#limits.get(key) ?? bucket;
    const level = this.#refilled(key, limit);
    const coming = (Math.max(0, now - level.at) / 1000) * limit.perSecond;
    if (Math.min(limit.burst, level.tokens + coming) < 1) return false;
    level.tokens -= 1;
    return true;
  }

  fail({ service, operation, error }: Fault, times: number): void {
    this.#faults.set(`${service}:${operation}`, { error, left: times });
  }

  heal(service: string, operation: string): void {
    this.#faults.delete(`${service}:${operation}`);
  }

  failAll(service: string, error: AwsError): void {
    this.#down.set(service, error);
  }

  healAll(service: string): void {
    this.#down.delete(service);
  }

  slow(service: string, operation: string, seconds: number): void {
    this.#slow.set(`${service}:${operation}`, seconds * 1000);
  }

  /** Returns the milliseconds that a call takes longer. */
  slowness({ service, operation }: Pick<OpenCall, 'service' | 'operation'>): number {
    return this.#slow.get(`${service}:${operation}`) ?? 0;
  }

  precede(service: string, operation: string, happen: () => void): void {
    this.#preceding.set(`${service}:${operation}`, happen);
  }

  drain(service: string, bucket: string): void {
    this.#levels.set(`${service}/${bucket}`, { tokens: 0, at: this.#clock.now() });
  }

  shrink(service: string, bucket: string, limit: Limit): End {
    const key = `${service}/${bucket}`;
    this.#limits.set(key, limit);
    return () => {
      if (this.#limits.get(key) === limit) this.#limits.delete(key);
    };
  }

  suspendLimits(): void {
    this.#suspended = true;
  }

  resumeLimits(): void {
    this.#suspended = false;
    this.#levels.clear();
  }

  /** Refills a bucket up to the present instant of the clock. */
  #refilled(key: string, { burst, perSecond }: Limit): Level {
    const now = this.#clock.now();
    const before = this.#levels.get(key) ?? { tokens: burst, at: now };
    const gained = ((now - before.at) / 1000) * perSecond;
    const level = { tokens: Math.min(burst, before.tokens + gained), at: now };
    this.#levels.set(key, level);
    return level;
  }

  #beFaster(key: string): void {
    const happen = this.#preceding.get(key);
    this.#preceding.delete(key);
    happen?.();
  }

  #strike(key: string): void {
    const fault = this.#faults.get(key);
    if (fault === undefined || fault.left <= 0) return;
    fault.left -= 1;
    throw fault.error;
  }
}
