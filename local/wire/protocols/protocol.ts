import type { HttpAnswer, HttpRequest } from '../http.ts';
import type { OperationModel, ServiceModel } from '../models.ts';
import type { AwsError } from '../../world/service.ts';

/** One of the ways in which AWS is spoken to. It knows no operation by name: the schemas say everything. */
export interface Protocol {
  /** Whether this request is written in it. */
  speaks(request: HttpRequest): boolean;
  /** The operation that is called; null when the request names none. */
  operation(request: HttpRequest, model: ServiceModel | null): string | null;
  /** @throws Malformed */
  input(request: HttpRequest, operation: OperationModel): Record<string, unknown>;
  /** @throws WrongModel */
  answer(output: unknown, operation: OperationModel, model: ServiceModel, requestId: string): HttpAnswer;
  /** `model` is null when the service is not known. */
  refuse(refusal: AwsError, request: HttpRequest, model: ServiceModel | null, requestId: string): HttpAnswer;
}

/** What `read` gives for a structure; an operation without input has the unit shape and gives nothing. */
export function asInput(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}

/** Operations without output answer with an empty structure. */
export function hasOutput(operation: OperationModel): boolean {
  return !operation.output.isUnitSchema();
}
