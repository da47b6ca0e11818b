import type { NeedsOf } from '../world/needs/needs.ts';
import { isoOf } from '../world/iso.ts';
import { AwsError, type Access, type AwsService, type Bucket, type Operation } from '../world/service.ts';
import type { Call, OpenCall } from './calls.ts';
import type { Iam } from './iam.ts';
import type { Throttle } from './throttle.ts';
import type { Troubles } from './troubles.ts';
import type { Latency, Timing } from './timing.ts';

export interface GateParts {
  readonly services: ReadonlyMap<string, AwsService>;
  readonly iam: Iam;
  readonly latency: Latency;
  readonly calls: OpenCall[];
  /** Whether calls are recorded. */
  readonly keepsCalls: boolean;
  /** Receives every call that succeeded, with its answer. */
  readonly onAnswer: (call: Call, output: unknown) => void;
  readonly throttle: Throttle;
  readonly troubles: Troubles;
  readonly timing: Timing;
  /** Returns the permissions that a call needs besides its own action. */
  readonly needs: NeedsOf;
}

/** A caller and its operation. */
export interface Caller {
  /** Null: no role has the access key. */
  readonly role: string | null;
  readonly service: string;
  readonly operation: string;
}

/** A call that has reached the gate, and the virtual instant (epoch milliseconds) at which it did. */
export interface Admitted {
  readonly call: OpenCall;
  readonly at: number;
}

/**
 * Passes every call, over HTTP or in process: records it, asks IAM, takes a token of its bucket, and charges its time. AWS
 * does not document whether a denied call counts against the rate; here it does not.
 */
export class Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** Records a call that begins now, in the time of its role. */
  open({ role, service, operation }: Caller): Admitted {
    const { calls, keepsCalls, timing } = this.#parts;
    const at = timing.begin(role ?? '');
    const invocation = timing.invocation?.(role ?? '');
    const call: OpenCall = {
      at: isoOf(at),
      service,
      operation,
      role: role ?? '',
      ...(invocation !== undefined && { invocation }),
      allowed: role !== null,
      asked: [],
      input: undefined,
    };
    if (keepsCalls) calls.push(call);
    return { call, at };
  }

  implementation({ service, operation }: OpenCall): Operation | undefined {
    const operations = this.#parts.services.get(service)?.operations ?? {};
    return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  }

  /** @throws AwsError if the role lacks permission, is throttled, or a scenario refuses the call */
  async admit({ call, at }: Admitted, accesses: readonly Access[], bucket?: Bucket): Promise<void> {
    call.asked = accesses.map(({ action }) => action);
    try {
      this.#parts.troubles.authorize(call.role, accesses);
      await this.#parts.iam.authorize(call.role, accesses);
    } catch (denied) {
      call.allowed = !(denied instanceof AwsError);
      throw denied;
    }
    this.#parts.throttle.admit(call, bucket, at);
  }

  /**
   * Admits a call to a modelled operation and runs it.
   * @throws AwsError if the input has a member that the model does not honour
   */
  async run(admitted: Admitted, operation: Operation, input: unknown, region?: string): Promise<unknown> {
    refuseUnhonoured(admitted.call, this.#parts.services, input);
    const { role, service, operation: name } = admitted.call;
    const accesses = [...operation.authorize(input as never), ...this.#parts.needs(service, name, input)];
    await this.admit(admitted, accesses, operation.bucket);
    const caller = { role, ...(region !== undefined && { region }) };
    return this.perform(admitted, input, () => operation.run(input as never, caller));
  }

  /** Runs an admitted call, announces its answer, and returns it. An announced answer may be lost on its way. */
  perform<Output>({ call, at }: Admitted, input: unknown, run: () => Output): Output {
    const { troubles, onAnswer } = this.#parts;
    return troubles.run(call, at, input, () => {
      const output = run();
      onAnswer(call, output);
      return output;
    });
  }

  /** Charges the time that the call took. While limits are suspended, calls take none. */
  close(call: OpenCall): void {
    const { role, service, operation } = call;
    const { timing, latency, throttle, troubles } = this.#parts;
    const slower = throttle.slowness({ service, operation }) + troubles.slowness(call);
    timing.end(role, throttle.isSuspended ? 0 : latency.sample(role, service, operation) + slower);
  }
}

/**
 * Refuses what the model would drop without a word. A member that is null is absent.
 * @throws AwsError UnknownOperationException
 */
export function refuseUnhonoured(
  call: Pick<OpenCall, 'service' | 'operation'>,
  services: GateParts['services'],
  input: unknown,
): void {
  const honoured = services.get(call.service)?.honoured?.[call.operation];
  if (honoured === undefined) return;
  const dropped = Object.entries(input ?? {})
    .filter(([name, value]) => value !== undefined && value !== null && !honoured.includes(name))
    .map(([name]) => name);
  if (dropped.length === 0) return;
  const what = `${call.service}:${call.operation} with ${dropped.join(', ')}`;
  throw new AwsError('UnknownOperationException', `the embedded AWS does not model ${what}`);
}

/** Records the error of a call. A fault of the models is recorded in full, for the developer. */
export function recordError(call: OpenCall, error: AwsError): void {
  call.error = error.status === 500 ? `${error.code}: ${error.message}` : error.code;
}

export function notModelled({ service, operation }: OpenCall, request = ''): AwsError {
  const what = operation === '' ? `${request} of ${service}` : `${service}:${operation}`;
  return new AwsError('UnknownOperationException', `the embedded AWS does not model ${what}`);
}
