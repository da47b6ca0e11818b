import { tag } from '@smithy/core/cbor';
import type { Notation } from './read.ts';
import type { Leaf } from './shape.ts';
import { readTimestamp } from './timestamps.ts';
import { plainTree } from './trees.ts';
import type { TreeWriter } from './write.ts';

/** RFC 8949, section 3.4.2: seconds since the epoch. */
const EPOCH_TAG = 1;

/**
 * CBOR in the form of Smithy RPC v2: blobs are byte strings, instants are tagged.
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const cborNotation: Notation & TreeWriter = {
  ...plainTree,
  nameOf: ({ name }) => name,
  readLeaf,
  writeLeaf,
};

function readLeaf(kind: Leaf, raw: unknown): unknown {
  switch (kind) {
    case 'document':
      return raw;
    case 'blob':
      return raw instanceof Uint8Array ? raw : undefined;
    case 'timestamp':
      return readTimestamp(secondsOf(raw), 'epoch-seconds') ?? undefined;
    case 'number':
      return typeof raw === 'bigint' ? Number(raw) : typeof raw === 'number' ? raw : undefined;
    case 'bigint':
    case 'decimal':
      return typeof raw === 'bigint' || typeof raw === 'number' ? raw : undefined;
    case 'string':
    case 'boolean':
      return typeof raw === kind ? raw : undefined;
  }
}

function writeLeaf(kind: Leaf, value: unknown): unknown {
  return kind === 'timestamp' ? tag({ tag: EPOCH_TAG, value: (value as Date).getTime() / 1000 }) : value;
}

function secondsOf(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('tag' in raw) || !('value' in raw)) return undefined;
  return Number(raw.tag) === EPOCH_TAG ? Number(raw.value) : undefined;
}
