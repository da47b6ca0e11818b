import type { Random } from '../world/random.ts';
import { AwsError } from '../world/service.ts';
import type { Callers } from './callers.ts';
import { Malformed } from './codec/malformed.ts';
import { tableAccesses, tableBucket, type DynamoDb, type PartitionKeys } from './dynamodb.ts';
import { notModelled, recordError, type Admitted, type Gate } from './gate.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { ServiceModel } from './models.ts';
import { checkPresigned, claimedIn, isPresigned } from './presigned.ts';
import { parseObject } from './protocols/json-body.ts';
import type { Protocol } from './protocols/protocol.ts';
import { protocolOf } from './protocols/protocols.ts';
import { refusalOf } from './validation.ts';

/** The parts of an exchange, created by `startWire`. */
interface Parts {
  readonly gate: Gate;
  readonly models: ReadonlyMap<string, ServiceModel>;
  readonly callers: Callers;
  readonly random: Random;
  readonly dynamodb: DynamoDb | undefined;
  readonly partitionKeys: PartitionKeys | undefined;
}

/** One request in progress. */
interface Sent extends Admitted {
  readonly request: HttpRequest;
  readonly protocol: Protocol;
  readonly model: ServiceModel | null;
  readonly region: string;
  readonly requestId: string;
}

/** Answers requests over HTTP: determines caller, operation and protocol, then passes the call to the gate. */
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
      recordError(call, error);
      answer = protocol.refuse(error, request, model, requestId);
    }
    this.#parts.gate.close(call);
    return { ...answer, headers: { ...answer.headers, date: new Date(sent.at).toUTCString() } };
  }

  #receive(request: HttpRequest): Sent {
    const { callers, gate, models, random } = this.#parts;
    const claimed = claimedIn(request);
    const role = claimed === null ? null : callers.roleOf(claimed.accessKeyId);
    const service = claimed?.service ?? '';
    const model = models.get(service) ?? null;
    const protocol = protocolOf(request, model);
    const admitted = gate.open({ role, service, operation: protocol.operation(request, model) ?? '' });
    return {
      ...admitted,
      request,
      protocol,
      model,
      region: claimed?.region ?? '',
      requestId: random.uuid(),
    };
  }

  async #perform(sent: Sent): Promise<HttpAnswer> {
    const { request, protocol, model, call, region, requestId } = sent;
    if (call.role === '') throw stranger(request);
    if (isPresigned(request)) {
      const { secretAccessKey } = this.#parts.callers.credentials(call.role);
      checkPresigned(request, secretAccessKey, sent.at);
    }
    if (model?.signingName === 'dynamodb') return this.#forward(sent);
    const operation = model?.operations.get(call.operation);
    const implemented = this.#parts.gate.implementation(call);
    if (model === null || operation === undefined || implemented === undefined)
      throw notModelled(call, `${request.method} ${request.path}`);
    const input = protocol.input(request, operation);
    call.input = input;
    const output = await this.#parts.gate.run(sent, implemented, input, region);
    return protocol.answer(output, operation, model, requestId);
  }

  async #forward(sent: Sent): Promise<HttpAnswer> {
    const { call, request, model } = sent;
    const { dynamodb, gate, partitionKeys } = this.#parts;
    if (dynamodb === undefined || model?.operations.has(call.operation) !== true)
      throw notModelled(call, `${request.method} ${request.path}`);
    const input = parseObject(request.body);
    call.input = input;
    const accesses = tableAccesses(call.operation, input, partitionKeys);
    await gate.admit(sent, accesses, tableBucket(call.operation, input));
    const answer = await dynamodb(request);
    if (answer.status >= 400) call.error = codeIn(answer);
    return answer;
  }
}

function stranger(request: HttpRequest): AwsError {
  return claimedIn(request) === null
    ? new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
    : new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

/**
 * Converts any other error to an AWS error with the full text: it is a fault of the models, and only developers read
 * it.
 */
export function asAwsError(thrown: unknown, model: ServiceModel | null): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof Malformed && model !== null) return refusalOf(thrown, model);
  return new AwsError('InternalFailure', thrown instanceof Error ? thrown.message : String(thrown), 500);
}

/** Returns the error's name in a JSON answer. */
function codeIn({ body }: HttpAnswer): string {
  const { __type: type } = JSON.parse(Buffer.from(body as string).toString()) as { readonly __type?: string };
  return (type ?? 'Unknown').replace(/^.*#/, '');
}
