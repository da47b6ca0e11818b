import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { AwsError } from '../world/service.ts';
import { copyInput, copyOutput } from './codec/copy.ts';
import { tableAccesses, tableBucket, type PartitionKeys } from './dynamodb.ts';
import { asAwsError } from './exchange.ts';
import { notModelled, recordError, type Admitted, type Gate } from './gate.ts';
import type { OperationModel, ServiceModel } from './models.ts';
import { Unanswered } from './troubles.ts';
import { written } from './written.ts';

/** DynamoDB in process: inputs and outputs are those of the document client's commands. */
export interface PlainTables {
  /** @throws AwsError */
  run(operation: string, input: Readonly<Record<string, unknown>>): object;
}

interface Parts {
  readonly gate: Gate;
  readonly models: ReadonlyMap<string, ServiceModel>;
  readonly tables?: PlainTables | undefined;
  readonly partitionKeys?: PartitionKeys | undefined;
  readonly newToken: () => string;
}

/** The sender of a command, and the Region of its client. */
export interface Sender {
  readonly role: string;
  readonly region: string;
}

/** The part of an SDK command that is read here. */
export interface Command {
  readonly input: object;
  readonly schema: readonly unknown[] | undefined;
  /** Only commands of the document client have one: their input is in plain values. */
  readonly clientCommand?: Pick<Command, 'schema'>;
}

/** Attempts per command, as in every client of a function. */
const ATTEMPTS = 2;

/**
 * Answers the SDK's commands in process, as a client on the wire would: the same gate, error names and retries, without a
 * protocol between. The SDK's waits between attempts take no virtual time.
 */
export class Direct {
  readonly #parts: Parts;
  readonly #byNamespace: ReadonlyMap<string, ServiceModel>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#byNamespace = new Map([...parts.models.values()].map((model) => [model.namespace, model]));
  }

  async send(sender: Sender, command: Command): Promise<object> {
    for (let attempts = 1; ; attempts++) {
      try {
        const output = await this.#attempt(sender, command);
        return { ...output, $metadata: { httpStatusCode: 200, attempts, totalRetryDelay: 0 } };
      } catch (error) {
        const isPassing = isRetried(error);
        if (!isPassing || attempts >= ATTEMPTS) throw error;
      }
    }
  }

  async #attempt({ role, region }: Sender, command: Command): Promise<object> {
    const [, namespace, operation] = command.schema ?? command.clientCommand?.schema ?? [];
    const model = this.#byNamespace.get(String(namespace));
    if (model === undefined) throw new Error(`the embedded AWS does not model ${String(namespace)}`);
    const admitted = this.#parts.gate.open({
      role,
      service: model.signingName,
      operation: String(operation),
    });
    try {
      return await this.#perform(admitted, model, command, region);
    } catch (thrown) {
      if (thrown instanceof Unanswered) {
        admitted.call.error = thrown.name;
        throw thrown;
      }
      const error = asAwsError(thrown, model);
      recordError(admitted.call, error);
      throw new SdkError(error, model);
    } finally {
      this.#parts.gate.close(admitted.call);
    }
  }

  async #perform(admitted: Admitted, model: ServiceModel, command: Command, region: string): Promise<object> {
    const { call } = admitted;
    if (model.signingName === 'dynamodb') return this.#ask(admitted, command);
    const operation = model.operations.get(call.operation);
    const implemented = this.#parts.gate.implementation(call);
    if (operation === undefined || implemented === undefined) throw notModelled(call);
    const input = copyInput(operation.input, command.input, this.#parts.newToken);
    call.input = input;
    return answered(operation, await this.#parts.gate.run(admitted, implemented, input, region));
  }

  /** The call is recorded in plain values. */
  async #ask(admitted: Admitted, { input, clientCommand }: Command): Promise<object> {
    const { gate, tables, partitionKeys } = this.#parts;
    const { call } = admitted;
    if (tables === undefined) throw notModelled(call);
    const isPlain = clientCommand !== undefined;
    const plain = isPlain ? (input as Readonly<Record<string, unknown>>) : plainInput(input);
    call.input = plain;
    const accesses = tableAccesses(call.operation, withKey(plain), partitionKeys);
    await gate.admit(admitted, accesses, tableBucket(call.operation, plain));
    const output = gate.perform(admitted, plain, () => tables.run(call.operation, plain));
    return isPlain ? output : attributeOutput(output);
  }
}

function answered({ output: shape }: OperationModel, output: unknown): object {
  return copyOutput(shape, output);
}

function isRetried(error: unknown): boolean {
  const asSdk = error as Parameters<typeof isTransientError>[0];
  if (error instanceof Unanswered) return true;
  return error instanceof SdkError && (isThrottlingError(asSdk) || isTransientError(asSdk));
}

/** The members of DynamoDB's inputs and outputs that hold attribute values. */
const ITEMS = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey', 'LastEvaluatedKey'];

export function plainInput(input: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      ITEMS.includes(name) && value !== undefined ? unmarshall(value as never) : (value as unknown),
    ]),
  );
}

export function attributeOutput(output: object): object {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => {
      if (name === 'Items') return [name, (value as readonly object[]).map((item) => marshall(item))];
      return [name, ITEMS.includes(name) ? marshall(value as object) : (value as unknown)];
    }),
  );
}

/** IAM's conditions are read from keys in attribute values. */
function withKey(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const key = input['Key'] ?? input['Item'];
  const ofKey = key === undefined ? {} : { Key: marshall(key as object, { removeUndefinedValues: true }) };
  return { TableName: input['TableName'], IndexName: input['IndexName'], ...ofKey };
}

/** An error as the SDK throws it. */
class SdkError extends Error {
  override readonly name: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(error: AwsError, model: ServiceModel) {
    super(error.message);
    const isQuery = /query|restXml/i.test(model.protocol);
    const { name, queryCode, status, fault, modelled } = written(error, model, isQuery ? 'query' : 'other');
    this.name = (isQuery || model.queryCompatible) && !modelled ? queryCode : name;
    this.$fault = fault === 'Sender' ? 'client' : 'server';
    this.$metadata = { httpStatusCode: status };
  }
}
