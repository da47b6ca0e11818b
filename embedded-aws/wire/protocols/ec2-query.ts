import { readAuthorization } from '../callers.ts';
import { branchesOf, ec2FormNotation } from '../codec/form.ts';
import { element, escapeXml, writeXml } from '../codec/xml.ts';
import type { HttpRequest } from '../http.ts';
import { written } from '../written.ts';
import { hasOutput, readInput, type Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';

/** EC2's own names for codes that other services name differently (EC2 API Reference, "Error codes"). */
const CODES: Readonly<Record<string, string>> = {
  AccessDenied: 'UnauthorizedOperation',
  ValidationError: 'InvalidParameterValue',
};

/**
 * The query protocol of Amazon EC2: a form with flattened lists in, XML without a result element out.
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2QueryProtocol: Protocol = {
  speaks: (request) =>
    queryProtocol.speaks(request) && readAuthorization(request.headers['authorization'])?.service === 'ec2',

  operation: (request, model) => queryProtocol.operation(request, model),

  input: (request, { input }) => readInput(input, () => branchesOf(formOf(request)), ec2FormNotation),

  answer: (output, operation, model, requestId) => {
    const members = hasOutput(operation) ? writeXml(operation.output, output ?? {}) : '';
    const content = element('requestId', requestId) + members;
    const root = `${operation.name}Response`;
    return xml(200, `<${root} xmlns="${model.xmlNamespace}">${content}</${root}>`, requestId);
  },

  refuse: (refusal, _request, model, requestId) => {
    const { status, queryCode, message } = written(refusal, model, 'query');
    const code = CODES[queryCode] ?? queryCode;
    const error = element('Code', escapeXml(code)) + element('Message', escapeXml(message));
    const content = element('Errors', element('Error', error)) + element('RequestID', requestId);
    return xml(status, element('Response', content), requestId);
  },
};

function formOf({ body }: HttpRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

function xml(status: number, body: string, requestId: string) {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
