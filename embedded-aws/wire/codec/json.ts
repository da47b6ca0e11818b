import type { Notation } from './read.ts';
import { textTrait, type Leaf, type Member, type Shape } from './shape.ts';
import { readTimestamp, timestampFormat, writeTimestamp } from './timestamps.ts';
import { plainTree } from './trees.ts';
import type { TreeWriter } from './write.ts';

/**
 * AWS's JSON: instants are seconds since the epoch, blobs base64, and numbers that JSON lacks are texts.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
const inJson = { ...plainTree, readLeaf, writeLeaf };

/** AWS JSON 1.0 and 1.1, which ignore the `jsonName` trait. */
export const rpcJson: Notation & TreeWriter = { ...inJson, nameOf: ({ name }) => name };

/** REST-JSON, which uses it. */
export const restJson: Notation & TreeWriter = { ...inJson, nameOf: jsonName };

const NUMBERS_AS_TEXT = ['NaN', 'Infinity', '-Infinity'];

function jsonName({ name, shape }: Member): string {
  return textTrait(shape, 'jsonName') ?? name;
}

function readLeaf(kind: Leaf, raw: unknown, shape: Shape): unknown {
  switch (kind) {
    case 'document':
      return raw;
    case 'blob':
      return typeof raw === 'string' ? new Uint8Array(Buffer.from(raw, 'base64')) : undefined;
    case 'timestamp':
      return readTimestamp(raw, timestampFormat(shape, 'epoch-seconds')) ?? undefined;
    case 'number':
    case 'bigint':
    case 'decimal':
      return typeof raw === 'string' && NUMBERS_AS_TEXT.includes(raw) ? Number(raw) : ofType('number', raw);
    case 'string':
    case 'boolean':
      return ofType(kind, raw);
  }
}

function writeLeaf(kind: Leaf, value: unknown, shape: Shape): unknown {
  if (kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64');
  if (kind === 'timestamp') return writeTimestamp(value as Date, timestampFormat(shape, 'epoch-seconds'));
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}

function ofType(type: 'number' | 'string' | 'boolean', raw: unknown): unknown {
  return typeof raw === type ? raw : undefined;
}
