import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { details, type DetailType } from '../../../src/events/details.ts';

/** `rollback-succeeded.json` of `Rollback Succeeded`. */
function fileOf(type: DetailType): string {
  return `../../../src/events/schemas/${type.toLowerCase().replaceAll(' ', '-')}.json`;
}

/** `format: date-time` says as much as zod's pattern for it does. */
function withoutPattern({ jsonSchema }: { readonly jsonSchema: { pattern?: string } }): void {
  delete jsonSchema.pattern;
}

describe('the JSON Schema of', () => {
  // `npm test -- -u` writes the files again. What is not a mere addition needs a new version.
  it.each(Object.keys(details) as DetailType[])('%s is up to date', async (type) => {
    const schema = {
      title: type,
      ...z.toJSONSchema(details[type], { io: 'input', override: withoutPattern }),
    };
    const file = fileURLToPath(new URL(fileOf(type), import.meta.url));
    const style = await resolveConfig(file);
    const text = await format(JSON.stringify(schema), { ...style, parser: 'json' });
    await expect(text).toMatchFileSnapshot(file);
  });
});
