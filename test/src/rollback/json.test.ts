import { describe, expect, test } from 'vitest';
import { asRecord, parseJson } from '../../../src/rollback/json.ts';

describe('a record', () => {
  test('is an object, and neither a list nor anything else', () => {
    expect(asRecord({ at: 1 })).toEqual({ at: 1 });
    for (const other of [null, undefined, 'text', 7, [1]]) expect(asRecord(other)).toBeNull();
  });
});

describe('a JSON text', () => {
  test('is parsed; what is none is undefined', () => {
    expect(parseJson('{"at":[1]}')).toEqual({ at: [1] });
    for (const other of ['{"at":', 7, null, undefined]) expect(parseJson(other)).toBeUndefined();
  });
});
