import { restJson } from '../codec/json.ts';
import { leafOf, membersOf, type Member, type Shape } from '../codec/shape.ts';
import { writeText } from '../codec/text.ts';
import { checkLeaf, entriesOf, presentMembers, writeTree } from '../codec/write.ts';
import type { HttpAnswer } from '../http.ts';
import type { OperationModel } from '../models.ts';
import { bindingOf } from './bindings.ts';

/** Writes the output of a REST operation to the status, the headers and the body. */
export function writeRestOutput(output: unknown, operation: OperationModel, requestId: string): HttpAnswer {
  const present = operation.output.isUnitSchema()
    ? []
    : presentMembers(operation.output, output ?? {}, 'output');
  const status = present.find(([member]) => bindingOf(member).in === 'status')?.[1];
  const { type, body } = bodyOf(present, membersOf(operation.output));
  return {
    status: typeof status === 'number' ? status : (operation.route?.status ?? 200),
    headers: { 'content-type': type, 'x-amzn-requestid': requestId, ...headersOf(present) },
    body,
  };
}

export type Present = readonly (readonly [Member, unknown])[];

export function headersOf(present: Present): Record<string, string> {
  return Object.fromEntries(present.flatMap(([member, value]) => headersOfMember(member, value)));
}

function headersOfMember(member: Member, value: unknown): readonly (readonly [string, string])[] {
  const binding = bindingOf(member);
  const path = `output.${member.name}`;
  if (binding.in === 'header') return [[binding.name, headerText(member.shape, value, path)]];
  if (binding.in !== 'prefix-headers') return [];
  const of = member.shape.getValueSchema();
  return entriesOf(value, path).map(([name, text]) => [
    binding.name + name,
    headerText(of, text, `${path}.${name}`),
  ]);
}

function headerText(shape: Shape, value: unknown, path: string): string {
  const kind = leafOf(shape);
  checkLeaf(kind, value, path);
  return writeText(kind, value, shape, 'http-date');
}

function bodyOf(present: Present, members: readonly Member[]): { type: string; body: string | Uint8Array } {
  const payload = members.find((member) => bindingOf(member).in === 'payload');
  const type = 'application/json';
  if (payload === undefined) {
    const inBody = present.filter(([member]) => bindingOf(member).in === 'body');
    return { type, body: JSON.stringify(Object.fromEntries(inBody.map(writeBodyMember))) };
  }
  const value = present.find(([member]) => member === payload)?.[1];
  if (value === undefined) return { type, body: '' };
  if (payload.shape.isStructSchema())
    return { type, body: JSON.stringify(writeBodyMember([payload, value])[1]) };
  checkLeaf(leafOf(payload.shape), value, `output.${payload.name}`);
  return { type, body: value as string | Uint8Array };
}

function writeBodyMember([member, value]: readonly [Member, unknown]): readonly [string, unknown] {
  return [restJson.nameOf(member), writeTree(member.shape, value, restJson, `output.${member.name}`)];
}
