import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../scripts/build.ts';

const folders = globSync(['functions/*/handler.ts', 'functions/mechanisms/*/handler.ts'])
  .map((file) => path.relative('functions', path.dirname(file)))
  .sort();

const bundleOf = (folder: string) => path.join('.build', folder, 'index.mjs');

/** These sign their few calls themselves. */
const WITHOUT_CLIENTS = ['open-report'];

describe('the bundle of', () => {
  test('each function is looked at', () => {
    expect(folders).toEqual(expect.arrayContaining(['guard', 'mechanisms/ecs', 'on-webhook', 'sweep']));
  });

  test.each(folders)('%s keeps to its budget', (folder) => {
    expect(statSync(bundleOf(folder)).size).toBeLessThanOrEqual(budgetOf(folder));
  });

  test.each(folders.filter((folder) => !WITHOUT_CLIENTS.includes(folder)))(
    '%s says the version of its AWS clients, and no more of their package.json',
    (folder) => {
      const text = readFileSync(bundleOf(folder), 'utf8');
      const found = {
        version: /version:"3\.\d+\.\d+"/.test(text),
        more: /devDependencies:|typesVersions:/.test(text),
      };
      expect(found).toEqual({ version: true, more: false });
    },
  );
});
