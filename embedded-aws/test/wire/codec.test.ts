import { JsonCodec2, QueryShapeSerializer, XmlShapeDeserializer } from '@aws-sdk/core/protocols';
import { cbor, CborCodec } from '@smithy/core/cbor';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cborNotation } from '../../wire/codec/cbor.ts';
import { branchesOf, formNotation } from '../../wire/codec/form.ts';
import { restJson, rpcJson } from '../../wire/codec/json.ts';
import { Malformed } from '../../wire/codec/malformed.ts';
import { read } from '../../wire/codec/read.ts';
import { shapeOf, type Shape } from '../../wire/codec/shape.ts';
import { readTimestamp, writeTimestamp } from '../../wire/codec/timestamps.ts';
import { writeTree } from '../../wire/codec/write.ts';
import { element, escapeXml, writeXml } from '../../wire/codec/xml.ts';
import type { OperationModel } from '../../wire/models.ts';
import { loadModel } from '../../wire/sdk.ts';
import { pruned, valueOf } from './arbitrary.ts';

/** The SDK's own codec, which writes and reads the same values: each side checks the other. */
interface Notation {
  readonly fromSdk: (shape: Shape, value: unknown) => unknown;
  readonly toSdk: (shape: Shape, value: unknown) => unknown;
}

/** A form has no trace of an empty structure or map, so a required one is missing. */
function fromSdk(notation: Notation, shape: Shape, value: unknown): unknown {
  try {
    return notation.fromSdk(shape, value);
  } catch (error) {
    if (!(error instanceof Malformed) || error.problem !== 'missing') throw error;
    const there = error.path
      .split(/[.[\]]+/)
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], value);
    if (pruned(there) !== undefined) throw error;
    return value;
  }
}

/** Returns text: the SDK's JSON writer declares a string, but returns bytes. */
function textOf(written: unknown): string {
  return typeof written === 'string' ? written : new TextDecoder().decode(written as Uint8Array);
}

function json(jsonName: boolean, notation: typeof rpcJson): Notation {
  const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName });
  const [writes, reads] = [codec.createSerializer(), codec.createDeserializer()];
  return {
    fromSdk: (shape, value) => {
      writes.write(shape, value);
      return read(shape, JSON.parse(textOf(writes.flush())), notation);
    },
    toSdk: (shape, value): unknown => reads.read(shape, JSON.stringify(writeTree(shape, value, notation))),
  };
}

function inCbor(): Notation {
  const codec = new CborCodec();
  const [writes, reads] = [codec.createSerializer(), codec.createDeserializer()];
  return {
    fromSdk: (shape, value) => {
      writes.write(shape, value);
      return read(shape, cbor.deserialize(Uint8Array.from(writes.flush())), cborNotation);
    },
    toSdk: (shape, value): unknown =>
      reads.read(shape, Uint8Array.from(cbor.serialize(writeTree(shape, value, cborNotation)))),
  };
}

function inQuery(): Notation {
  const settings = {
    timestampFormat: { useTrait: true, default: 5 as const },
    serializeEmptyLists: true,
    xmlNamespace: '',
    serviceNamespace: '',
    httpBindings: false,
  };
  const writes = new QueryShapeSerializer(settings);
  const reads = new XmlShapeDeserializer(settings);
  return {
    fromSdk: (shape, value) => {
      writes.write(shape, value);
      return read(shape, branchesOf(new URLSearchParams(String(writes.flush()))), formNotation);
    },
    toSdk: (shape, value): unknown =>
      reads.read(
        shape,
        new TextEncoder().encode(element('Response', element('Result', writeXml(shape, value)))),
        'Result',
      ),
  };
}

const SPOKEN: readonly (readonly [string, string, Notation])[] = [
  ['ecs', 'JSON', json(false, rpcJson)],
  ['ecr', 'JSON', json(false, rpcJson)],
  ['states', 'JSON', json(false, rpcJson)],
  ['events', 'JSON', json(false, rpcJson)],
  ['sqs', 'JSON', json(false, rpcJson)],
  ['monitoring', 'JSON', json(false, rpcJson)],
  ['lambda', 'JSON with its own names', json(true, restJson)],
  ['monitoring', 'CBOR', inCbor()],
  ['monitoring', 'query', inQuery()],
  ['elasticloadbalancing', 'query', inQuery()],
  ['sns', 'query', inQuery()],
];

describe.each(SPOKEN)('every operation of %s in %s', (name, _, notation) => {
  let operations: readonly OperationModel[] = [];
  beforeAll(async () => {
    operations = [...(await loadModel(name)).operations.values()];
  });

  it('is read as the SDK wrote it', () => {
    for (const { input } of operations.filter((operation) => !operation.input.isUnitSchema())) {
      fc.assert(
        fc.property(valueOf(input), (value) => {
          expect(pruned(fromSdk(notation, input, value))).toEqual(pruned(value));
        }),
        { numRuns: 8 },
      );
    }
  });

  it('is written as the SDK reads it', async () => {
    for (const { output } of operations.filter((operation) => !operation.output.isUnitSchema())) {
      await fc.assert(
        fc.asyncProperty(valueOf(output), async (value) => {
          expect(pruned(await notation.toSdk(output, value))).toEqual(pruned(value));
        }),
        { numRuns: 8 },
      );
    }
  });
});

describe('instants', () => {
  it.each(['date-time', 'epoch-seconds'] as const)('survive to the millisecond as %s', (format) => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') }), (date) => {
        expect(readTimestamp(writeTimestamp(date, format), format)).toEqual(date);
        expect(readTimestamp(String(writeTimestamp(date, format)), format)).toEqual(date);
      }),
    );
  });

  it.each(['', 'soon', null, {}, true, NaN])('are not made of %j', (raw) => {
    expect(readTimestamp(raw, 'epoch-seconds')).toBeNull();
    expect(readTimestamp(raw, 'date-time')).toBeNull();
  });
});

describe('XML', () => {
  it('never lets a text end its element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(escapeXml(value)).not.toMatch(/[<>"'\r\0]/);
      }),
    );
  });

  it('replaces characters that it cannot represent', () => {
    expect(escapeXml('a\u0000\u001b[31m\ud800b\t')).toBe('a\ufffd\ufffd[31m\ufffdb\t');
  });
});

describe('a form', () => {
  it('is read by the numbers of its items, not by their order', () => {
    const branches = branchesOf(new URLSearchParams('A.member.10=j&A.member.2=b&A.member.1=a'));
    expect(formNotation.list(branches.get('A'), shapeOf(64))).toEqual(['a', 'b', 'j']);
  });

  it.each(['A=1&A.member.1=x', 'A.member.1=x&A=1'])('may not be two things at once: %s', (form) => {
    expect(() => branchesOf(new URLSearchParams(form))).toThrow('is given as a value and as a structure');
  });
});
