import type { HttpRequest } from '../http.ts';
import type { OperationModel, ServiceModel } from '../models.ts';
import { written } from '../written.ts';
import type { Protocol } from './protocol.ts';
import { readRestInput } from './rest-input.ts';
import { writeRestOutput } from './rest-output.ts';

/**
 * REST with JSON bodies: the operation is the method and the path.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export const restJsonProtocol: Protocol = {
  speaks: () => true,
  operation: (request, model) => (model === null ? null : (routed(request, model)?.name ?? null)),
  input: readRestInput,
  answer: (output, operation, _model, requestId) => writeRestOutput(output, operation, requestId),

  refuse: (refusal, _request, model, requestId) => {
    const { status, name, messageMember, message } = written(refusal, model, 'other');
    return {
      status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': name,
      },
      body: JSON.stringify({ [messageMember]: message }),
    };
  },
};

/** Returns the matching route with the most literal segments. */
function routed(request: HttpRequest, model: ServiceModel): OperationModel | undefined {
  const { method, path, query } = request;
  return [...model.operations.values()]
    .filter(({ route }) => route !== undefined && route.match(method, path, query) !== null)
    .toSorted((a, b) => (b.route?.literal ?? 0) - (a.route?.literal ?? 0))[0];
}
