import { cbor } from '@smithy/core/cbor';
import { cborNotation } from '../codec/cbor.ts';
import { Malformed } from '../codec/malformed.ts';
import { writeTree } from '../codec/write.ts';
import type { HttpAnswer } from '../http.ts';
import { written } from '../written.ts';
import { hasOutput, readInput, type Protocol } from './protocol.ts';
import { queryErrorHeader } from './query-compatible.ts';

const PATH = /\/service\/[^/]+\/operation\/([^/]+)$/;

/**
 * Smithy RPC v2 CBOR: the operation in the path, which is how the AWS CLI speaks to CloudWatch.
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const rpcCborProtocol: Protocol = {
  speaks: ({ headers }) => headers['smithy-protocol'] === 'rpc-v2-cbor',

  operation: ({ path }) => PATH.exec(path)?.[1] ?? null,

  input: ({ body }, { input }) => readInput(input, () => parse(body), cborNotation),

  answer: (output, operation, _model, requestId) =>
    answer(
      200,
      hasOutput(operation) ? writeTree(operation.output, output ?? {}, cborNotation) : {},
      requestId,
    ),

  refuse: (refusal, request, model, requestId) => {
    const error = written(refusal, model, 'other');
    const namespace = error.modelled && model !== null ? model.namespace : 'com.amazon.coral.service';
    const { status, headers, body } = answer(
      error.status,
      { __type: `${namespace}#${error.name}`, [error.messageMember]: error.message },
      requestId,
    );
    return { status, headers: { ...headers, ...queryErrorHeader(error, request, model) }, body };
  },
};

function answer(status: number, tree: unknown, requestId: string): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/cbor',
      'smithy-protocol': 'rpc-v2-cbor',
      'x-amzn-requestid': requestId,
    },
    // Copies the bytes: the encoder returns a view of a buffer that it reuses.
    body: Uint8Array.from(cbor.serialize(tree)),
  };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(new Uint8Array(body)) as unknown;
  } catch {
    throw new Malformed('', 'syntax', 'the body is not CBOR');
  }
}
