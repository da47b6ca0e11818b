import { rpcJson } from '../codec/json.ts';
import { writeTree } from '../codec/write.ts';
import type { HttpRequest } from '../http.ts';
import type { ServiceModel } from '../models.ts';
import { written, type Written } from '../written.ts';
import { parseBody } from './json-body.ts';
import { hasOutput, readInput, type Protocol } from './protocol.ts';
import { queryErrorHeader } from './query-compatible.ts';

/**
 * AWS JSON 1.0 and 1.1: the operation in `x-amz-target`, input and output in the body.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export const rpcJsonProtocol: Protocol = {
  speaks: ({ headers }) => headers['x-amz-target'] !== undefined,

  operation: ({ headers }, model) => {
    const [prefix, name] = (headers['x-amz-target'] ?? '').split('.');
    return name === undefined || (model !== null && prefix !== model.target) ? null : name;
  },

  input: (request, { input }) => readInput(input, () => parseBody(request.body), rpcJson),

  answer: (output, operation, model, requestId) => ({
    status: 200,
    headers: headersOf(contentType(versionOf(model)), requestId),
    body: JSON.stringify(hasOutput(operation) ? writeTree(operation.output, output ?? {}, rpcJson) : {}),
  }),

  refuse: (refusal, request, model, requestId) => {
    const error = written(refusal, model, 'other');
    const version = model === null ? sentVersion(request) : versionOf(model);
    return {
      status: error.status,
      headers: { ...headersOf(contentType(version), requestId), ...queryErrorHeader(error, request, model) },
      body: JSON.stringify({ __type: typeOf(error, model, version), [error.messageMember]: error.message }),
    };
  },
};

type Version = '1.0' | '1.1';

function versionOf(model: ServiceModel): Version {
  return model.protocol.endsWith('awsJson1_1') ? '1.1' : '1.0';
}

function sentVersion({ headers }: HttpRequest): Version {
  return headers['content-type']?.endsWith('1.0') === true ? '1.0' : '1.1';
}

function contentType(version: Version): string {
  return `application/x-amz-json-${version}`;
}

function headersOf(type: string, requestId: string): Record<string, string> {
  return { 'content-type': type, 'x-amzn-requestid': requestId };
}

/**
 * Returns an error's type. Version 1.1 uses its bare name, 1.0 its namespace too. Shared errors belong to Coral, AWS's
 * own framework.
 */
function typeOf(error: Written, model: ServiceModel | null, version: Version): string {
  if (version === '1.1') return error.name;
  return `${error.modelled && model !== null ? model.namespace : 'com.amazon.coral.service'}#${error.name}`;
}
