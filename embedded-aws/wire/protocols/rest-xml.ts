import { element, escapeXml, writeXml } from '../codec/xml.ts';
import { membersOf, textTrait } from '../codec/shape.ts';
import { presentMembers } from '../codec/write.ts';
import type { HttpAnswer } from '../http.ts';
import type { OperationModel, ServiceModel } from '../models.ts';
import { written } from '../written.ts';
import { bindingOf } from './bindings.ts';
import type { Protocol } from './protocol.ts';
import { xmlBody } from './rest-body.ts';
import { readRestInput } from './rest-input.ts';
import { restJsonProtocol } from './rest-json.ts';
import { headersOf } from './rest-output.ts';

/**
 * REST with XML bodies: the operation is the method and the path. A request without a body looks like REST-JSON; only
 * the service distinguishes them. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const restXmlProtocol: Protocol = {
  speaks: (_request, model) => model?.protocol === 'aws.protocols#restXml',
  operation: (request, model) => restJsonProtocol.operation(request, model),
  input: (request, operation) => readRestInput(request, operation, xmlBody),
  answer: writeRestXml,

  refuse: (refusal, _request, model, requestId) => {
    const { status, fault, queryCode, message } = written(refusal, model, 'query');
    const error =
      element('Type', fault) + element('Code', escapeXml(queryCode)) + element('Message', escapeXml(message));
    return { status, headers: headers(requestId), body: errorBody(error, model, requestId) };
  },
};

/** Writes an error. Only S3 has no wrapper (Smithy, "noErrorWrapping" of the restXml trait). */
function errorBody(error: string, model: ServiceModel | null, requestId: string): string {
  const id = element('RequestId', requestId);
  return model?.signingName === 's3'
    ? root('Error', '', error + id)
    : root('ErrorResponse', model?.xmlNamespace ?? '', element('Error', error) + id);
}

/** Writes the output to the headers and to one element named after the output's shape. */
function writeRestXml(
  output: unknown,
  operation: OperationModel,
  model: ServiceModel,
  requestId: string,
): HttpAnswer {
  const shape = operation.output;
  const present = shape.isUnitSchema() ? [] : presentMembers(shape, output ?? {}, 'output');
  const status = operation.route?.status ?? 200;
  const blob = present.find(([member]) => bindingOf(member).in === 'payload')?.[1];
  if (blob instanceof Uint8Array)
    return { status, headers: { ...headers(requestId), ...headersOf(present) }, body: blob };
  const inBody = present.filter(([member]) => bindingOf(member).in === 'body');
  const content = Object.fromEntries(inBody.map(([member, value]) => [member.name, value]));
  const name =
    textTrait(shape, 'xmlName') ?? shape.getName()?.replace(/^.*#/, '') ?? `${operation.name}Response`;
  return {
    status,
    headers: { ...headers(requestId), ...headersOf(present) },
    body: isBodyless(shape) ? '' : root(name, model.xmlNamespace, writeXml(shape, content)),
  };
}

/** An output whose members are all in headers has no body, as have all outputs of S3's objects. */
function isBodyless(shape: OperationModel['output']): boolean {
  if (shape.isUnitSchema()) return true;
  const members = membersOf(shape);
  return members.length > 0 && members.every((member) => bindingOf(member).in !== 'body');
}

function root(name: string, namespace: string, content: string): string {
  const declared = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?><${name}${declared}>${content}</${name}>`;
}

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
}
