import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { definition, type MachineName } from '../paths/definition.ts';

/*
 * The validator of the AWS Toolkit, beside the schema of asl-validator: it also follows Next, Default and Catch.
 * https://github.com/aws/amazon-states-language-service
 */

type Service = typeof import('amazon-states-language-service');

/** It declares its types for CommonJS only. */
const { getLanguageService, TextDocument } = createRequire(import.meta.url)(
  'amazon-states-language-service',
) as Service;

async function problemsOf(text: string): Promise<readonly string[]> {
  const document = TextDocument.create('file:///machine.asl.json', 'asl', 1, text);
  const service = getLanguageService({});
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map(({ message }) => (typeof message === 'string' ? message : message.value));
}

describe("AWS's own validator", () => {
  it.each(['rollback', 'plan', 'list', 'storm'] satisfies MachineName[])(
    'finds nothing in %s',
    async (name) => {
      expect(await problemsOf(JSON.stringify(definition(name)))).toEqual([]);
    },
  );

  it('finds a missing state', async () => {
    const text = JSON.stringify(definition('plan'));
    expect(await problemsOf(text.replace(/"StartAt":"\w+"/, '"StartAt":"Nowhere"'))).not.toEqual([]);
  });
});
