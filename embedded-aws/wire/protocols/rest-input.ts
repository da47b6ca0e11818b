import { restJson } from '../codec/json.ts';
import { readMembers, type Notation } from '../codec/read.ts';
import { membersOf, type Member, type Shape } from '../codec/shape.ts';
import { readText } from '../codec/text.ts';
import type { HttpRequest } from '../http.ts';
import type { OperationModel } from '../models.ts';
import { bindingOf } from './bindings.ts';
import { jsonBody, type RestBody } from './rest-body.ts';

/** Reads the input of a REST operation from the path, the query, the headers and the body. */
export function readRestInput(
  request: HttpRequest,
  operation: OperationModel,
  body: RestBody = jsonBody,
): Record<string, unknown> {
  const labels =
    operation.route?.match(request.method, request.path, request.query) ?? new Map<string, string>();
  const members = membersOf(operation.input);
  const bound = members.filter((member) => !['body', 'payload'].includes(bindingOf(member).in));
  const free = members.filter((member) => !bound.includes(member));
  return {
    ...readMembers(bound, (member) => boundRaw(member, request, labels), textNotation, ''),
    ...readFree(free, request, body),
  };
}

/** Reads a member that is the whole body, or the members that share one. */
function readFree(free: readonly Member[], request: HttpRequest, body: RestBody): Record<string, unknown> {
  const payload = free.find((member) => bindingOf(member).in === 'payload');
  if (payload !== undefined) {
    return readMembers([payload], () => payloadOf(payload.shape, request, body), payloadNotation(body), '');
  }
  const { notation } = body;
  const rawOf = free.length === 0 ? undefined : notation.structure(body.parse(request.body));
  return readMembers(free, (member) => rawOf?.(notation.nameOf(member)), notation, '');
}

function payloadOf(shape: Shape, request: HttpRequest, body: RestBody): unknown {
  if (request.body.length === 0) return undefined;
  return shape.isStructSchema() ? body.parse(request.body) : new Uint8Array(request.body);
}

function boundRaw(member: Member, request: HttpRequest, labels: ReadonlyMap<string, string>): unknown {
  const binding = bindingOf(member);
  switch (binding.in) {
    case 'label':
      return labels.get(member.name);
    case 'query':
      return member.shape.isListSchema()
        ? request.query.getAll(binding.name)
        : request.query.get(binding.name);
    case 'query-params':
      return Object.fromEntries(request.query);
    case 'header':
      return request.headers[binding.name];
    case 'prefix-headers':
      return withPrefix(request.headers, binding.name);
    default:
      return undefined;
  }
}

/** Returns undefined if no header has the prefix: the member is absent then. */
function withPrefix(
  headers: Readonly<Record<string, string>>,
  prefix: string,
): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  if (found.length === 0) return undefined;
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Bound members are text; instants in headers are HTTP dates. */
const textNotation: Notation = {
  ...restJson,
  readLeaf: (kind, raw, shape) => readText(kind, raw, shape, 'http-date'),
  list: (raw) =>
    typeof raw === 'string'
      ? raw.split(',').map((item) => item.trim())
      : Array.isArray(raw)
        ? raw
        : undefined,
};

/** Returns the notation of a payload. A payload is unchanged; a structure is written like any other body. */
const payloadNotation = ({ notation }: RestBody): Notation => ({
  ...notation,
  readLeaf: (kind, raw, shape) => {
    if (!(raw instanceof Uint8Array)) return notation.readLeaf(kind, raw, shape);
    return kind === 'blob' ? raw : readText(kind, Buffer.from(raw).toString('utf8'), shape);
  },
});
