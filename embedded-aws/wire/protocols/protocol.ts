import { Malformed } from '../codec/malformed.ts';
import { read, type Notation } from '../codec/read.ts';
import type { Shape } from '../codec/shape.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import type { OperationModel, ServiceModel } from '../models.ts';
import type { AwsError } from '../../world/service.ts';

/** One of AWS's protocols. It knows no operation by name: the schemas define everything. */
export interface Protocol {
  /** Returns whether this request uses it. `model` is null for an unknown service. */
  speaks(request: HttpRequest, model?: ServiceModel | null): boolean;
  /** Returns the called operation; null if the request names none. */
  operation(request: HttpRequest, model: ServiceModel | null): string | null;
  /** @throws Malformed */
  input(request: HttpRequest, operation: OperationModel): Record<string, unknown>;
  /** @throws WrongModel */
  answer(output: unknown, operation: OperationModel, model: ServiceModel, requestId: string): HttpAnswer;
  /** Writes an error. `model` is null for an unknown service. */
  refuse(refusal: AwsError, request: HttpRequest, model: ServiceModel | null, requestId: string): HttpAnswer;
}

/**
 * Reads an operation's input from the body. An operation without input accepts any body.
 * @throws Malformed when the body is no structure, a `null` for example, or a member is missing or wrong
 */
export function readInput(input: Shape, body: () => unknown, notation: Notation): Record<string, unknown> {
  if (input.isUnitSchema()) return {};
  const value = read(input, body(), notation);
  if (value === undefined) throw new Malformed('', 'syntax', 'the body is not a structure');
  return value as Record<string, unknown>;
}

/** Returns whether an operation has output. One without answers with an empty structure. */
export function hasOutput(operation: OperationModel): boolean {
  return !operation.output.isUnitSchema();
}
