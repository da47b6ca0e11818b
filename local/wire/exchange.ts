import type { Random } from '../world/random.ts';
import { AwsError, type Access, type AwsService, type Bucket, type Operation } from '../world/service.ts';
import type { OpenCall } from './calls.ts';
import { readAuthorization, type Callers } from './callers.ts';
import { Malformed } from './codec/malformed.ts';
import { forward, tableAccesses, type PartitionKeys } from './dynamodb.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { Iam } from './iam.ts';
import type { Latency, Timing } from './timing.ts';
import type { ServiceModel } from './models.ts';
import { parseBody } from './protocols/json-body.ts';
import type { Protocol } from './protocols/protocol.ts';
import { protocolOf } from './protocols/protocols.ts';
import type { Throttle } from './throttle.ts';
import { refusalOf } from './validation.ts';

/** What an exchange needs, made by `startWire`. */
interface Parts {
  readonly services: ReadonlyMap<string, AwsService>;
  readonly models: ReadonlyMap<string, ServiceModel>;
  readonly iam: Iam;
  readonly latency: Latency;
  readonly calls: OpenCall[];
  readonly callers: Callers;
  readonly throttle: Throttle;
  readonly random: Random;
  readonly timing: Timing;
  readonly dynamodb: string | undefined;
  readonly partitionKeys: PartitionKeys | undefined;
}

/** One request on its way. */
interface Sent {
  readonly request: HttpRequest;
  readonly protocol: Protocol;
  readonly model: ServiceModel | null;
  readonly call: OpenCall;
  readonly region: string;
  /** Epoch milliseconds of virtual time. */
  readonly at: number;
  readonly requestId: string;
}

/**
 * Answers requests: who calls what, may they, do they call too often, and then the service's answer. AWS does not
 * document whether a denied call counts against the rate; here it does not.
 */
export class Exchange {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const sent = this.#receive(request);
    const { call, protocol, model, requestId } = sent;
    let answer: HttpAnswer;
    try {
      answer = await this.#perform(sent);
    } catch (thrown) {
      const error = asAwsError(thrown, model);
      call.error = error.status === 500 ? `${error.code}: ${error.message}` : error.code;
      answer = protocol.refuse(error, request, model, requestId);
    }
    const { role, service, operation } = call;
    this.#parts.timing.end(role, this.#parts.latency.sample(role, service, operation));
    return { ...answer, headers: { ...answer.headers, date: new Date(sent.at).toUTCString() } };
  }

  #receive(request: HttpRequest): Sent {
    const { callers, calls, models, random, timing } = this.#parts;
    const claimed = readAuthorization(request.headers['authorization']);
    const role = claimed === null ? null : callers.roleOf(claimed.accessKeyId);
    const service = claimed?.service ?? '';
    const model = models.get(service) ?? null;
    const protocol = protocolOf(request, model);
    const at = timing.begin(role ?? '');
    const call: OpenCall = {
      at: new Date(at).toISOString(),
      service,
      operation: protocol.operation(request, model) ?? '',
      role: role ?? '',
      allowed: role !== null,
      asked: [],
      input: undefined,
    };
    calls.push(call);
    return { request, protocol, model, call, region: claimed?.region ?? '', at, requestId: random.uuid() };
  }

  async #perform(sent: Sent): Promise<HttpAnswer> {
    const { request, protocol, model, call, region, requestId } = sent;
    if (call.role === '') throw stranger(request);
    if (model?.signingName === 'dynamodb') return this.#forward(sent);
    const operation = model?.operations.get(call.operation);
    const implemented = this.#implementation(call);
    if (model === null || operation === undefined || implemented === undefined)
      throw notModelled(call, request);
    const input = protocol.input(request, operation);
    call.input = input;
    await this.#admit(sent, implemented.authorize(input as never), implemented.bucket);
    const output = await implemented.run(input as never, { role: call.role, region });
    return protocol.answer(output, operation, model, requestId);
  }

  #implementation({ service, operation }: OpenCall): Operation | undefined {
    const operations = this.#parts.services.get(service)?.operations ?? {};
    return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  }

  async #admit({ call, at }: Sent, accesses: readonly Access[], bucket?: Bucket): Promise<void> {
    call.asked = accesses.map(({ action }) => action);
    await this.#parts.iam.authorize(call.role, accesses).catch((denied: unknown) => {
      call.allowed = !(denied instanceof AwsError);
      throw denied;
    });
    this.#parts.throttle.admit(call.service, call.operation, bucket, at);
  }

  async #forward(sent: Sent): Promise<HttpAnswer> {
    const { call, request, model } = sent;
    const { dynamodb, partitionKeys } = this.#parts;
    if (dynamodb === undefined || model?.operations.has(call.operation) !== true)
      throw notModelled(call, request);
    const input = parseBody(request.body) as Readonly<Record<string, unknown>>;
    call.input = input;
    await this.#admit(sent, tableAccesses(call.operation, input, partitionKeys));
    return forward(request, dynamodb);
  }
}

function stranger({ headers }: HttpRequest): AwsError {
  return readAuthorization(headers['authorization']) === null
    ? new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
    : new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

function notModelled({ service, operation }: OpenCall, { method, path }: HttpRequest): AwsError {
  const what = operation === '' ? `${method} ${path} of ${service}` : `${service}:${operation}`;
  return new AwsError('UnknownOperationException', `the embedded AWS does not model ${what}`);
}

/** Everything that is not an AWS error is a fault of ours; it is told in full, because only we can be reading it. */
function asAwsError(thrown: unknown, model: ServiceModel | null): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof Malformed && model !== null) return refusalOf(thrown, model);
  return new AwsError('InternalFailure', thrown instanceof Error ? thrown.message : String(thrown), 500);
}
