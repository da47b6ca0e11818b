import { branchesOf, formNotation } from '../codec/form.ts';
import { element, escapeXml, writeXml } from '../codec/xml.ts';
import type { HttpRequest } from '../http.ts';
import type { ServiceModel } from '../models.ts';
import { written } from '../written.ts';
import { hasOutput, readInput, type Protocol } from './protocol.ts';

/**
 * The AWS query protocol: a form in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const queryProtocol: Protocol = {
  speaks: (request) =>
    request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true,

  operation: (request) => formOf(request).get('Action'),

  input: (request, { input }) => readInput(input, () => branchesOf(formOf(request)), formNotation),

  answer: (output, operation, model, requestId) => {
    const result = hasOutput(operation)
      ? element(`${operation.name}Result`, writeXml(operation.output, output ?? {}))
      : '';
    const metadata = element('ResponseMetadata', element('RequestId', requestId));
    return document(200, `${operation.name}Response`, model, result + metadata, requestId);
  },

  refuse: (refusal, _request, model, requestId) => {
    const { status, fault, queryCode, message } = written(refusal, model, 'query');
    const error =
      element('Type', fault) + element('Code', escapeXml(queryCode)) + element('Message', escapeXml(message));
    return document(
      status,
      'ErrorResponse',
      model,
      element('Error', error) + element('RequestId', requestId),
      requestId,
    );
  },
};

function formOf({ body }: HttpRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

function document(
  status: number,
  root: string,
  model: ServiceModel | null,
  content: string,
  requestId: string,
) {
  const namespace = model === null || model.xmlNamespace === '' ? '' : ` xmlns="${model.xmlNamespace}"`;
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${root}${namespace}>${content}</${root}>`,
  };
}
