import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openQuestions } from '../../scripts/verify-on-aws/open-questions.ts';
import { QUESTIONS } from '../../scripts/verify-on-aws/questions/all.ts';

/** The code whose comments name open questions. */
const CODE = '{functions,src,statemachines,local,scripts,embedded-aws}/**/*.{ts,yml}';

const page = readFileSync('docs/unknown.md', 'utf8');
const ids = openQuestions(page);

/** Entries that say themselves that no code depends on them. */
const withoutCode = page
  .split(/^(?=- `)/m)
  .filter((entry) => entry.includes('No code depends on it.'))
  .flatMap((entry) => openQuestions(entry));

const inCode = new Map(
  globSync([CODE, 'serverless.yml', 'params.yml'], { exclude: (name) => name === 'node_modules' }).flatMap(
    (file) =>
      [...readFileSync(file, 'utf8').matchAll(/Unknown: ([a-z0-9-]+)\./g)].map(
        ([, id = '']) => [id, file] as const,
      ),
  ),
);

test('every entry of docs/unknown.md has an id, and no two have the same', () => {
  expect(ids.length).toBeGreaterThan(35);
  expect(new Set(ids).size).toBe(ids.length);
  const entries = page.match(/^- /gm) ?? [];
  expect(ids.length).toBe(entries.length);
});

test('every open question that a comment names is in docs/unknown.md', () => {
  const lost = [...inCode].filter(([id]) => !ids.includes(id));
  expect(lost).toEqual([]);
});

test('every entry of docs/unknown.md stands in a comment, unless it says that no code depends on it', () => {
  expect(ids.filter((id) => !inCode.has(id) && !withoutCode.includes(id))).toEqual([]);
});

test('every question that verify-on-aws answers is in docs/unknown.md', () => {
  expect(QUESTIONS.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([]);
});
