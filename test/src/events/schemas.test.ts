import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { details, type DetailType } from '../../../src/events/details.ts';
import { narrowings, type Schema } from './narrowings.ts';

/** `rollback-succeeded.json` of `Rollback Succeeded`. */
function fileOf(type: DetailType): string {
  return `../../../src/events/schemas/${type.toLowerCase().replaceAll(' ', '-')}.json`;
}

/** Removes zod's pattern for an instant, because `format: date-time` says the same. */
function withoutPattern({ jsonSchema }: { readonly jsonSchema: { pattern?: string } }): void {
  delete jsonSchema.pattern;
}

/** Returns a schema of draft 4, the newest that EventBridge's registry accepts. */
function schemaOf(type: DetailType): Schema {
  const schema = z.toJSONSchema(details[type], { io: 'input', target: 'draft-4', override: withoutPattern });
  return { title: type, ...schema } as Schema;
}

describe('the JSON Schema of', () => {
  // `npm test -- -u` writes additions to the files. It does not write other changes, which need a new version.
  it.each(Object.keys(details) as DetailType[])('%s has lost nothing, and is up to date', async (type) => {
    const file = fileURLToPath(new URL(fileOf(type), import.meta.url));
    const committed = await readFile(file, 'utf8').then(
      (text) => JSON.parse(text) as Schema,
      () => null,
    );
    if (committed !== null) expect(narrowings(committed, schemaOf(type))).toEqual([]);
    const style = await resolveConfig(file);
    const text = await format(JSON.stringify(schemaOf(type)), { ...style, parser: 'json' });
    await expect(text).toMatchFileSnapshot(file);
  });
});

describe('the narrowings of a schema', () => {
  const older: Schema = {
    type: 'object',
    properties: {
      version: { type: 'string', const: '1' },
      state: { type: 'string', enum: ['started', 'joined'] },
      left: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    },
    required: ['version', 'state'],
  };
  const withProperty = (name: string, property: Schema): Schema => ({
    ...older,
    properties: { ...older.properties, [name]: property },
  });

  it.each<[string, Schema]>([
    ['a field more', withProperty('more', { type: 'string' })],
    ['a value more', withProperty('state', { type: 'string', enum: ['started', 'joined', 'awaited'] })],
    ['a promise more', { ...older, required: ['version', 'state', 'left'] }],
  ])('not %s', (_, newer) => {
    expect(narrowings(older, newer)).toEqual([]);
  });

  it.each<[string, Schema, string]>([
    ['a field less', { ...older, properties: {} }, 'detail.state: is gone'],
    ['a promise less', { ...older, required: ['version'] }, 'detail.state: may be absent now'],
    [
      'a value less',
      withProperty('state', { type: 'string', enum: ['joined'] }),
      'detail.state: started is gone',
    ],
    ['another type', withProperty('state', { type: 'number' }), 'detail.state: type changed'],
    [
      'another version',
      withProperty('version', { type: 'string', const: '2' }),
      'detail.version: const changed',
    ],
    [
      'less in a list',
      withProperty('left', { type: 'array', items: { type: 'object' } }),
      'detail.left[].name: is gone',
    ],
  ])('%s', (_, newer, problem) => {
    expect(narrowings(older, newer)).toContain(problem);
  });
});
