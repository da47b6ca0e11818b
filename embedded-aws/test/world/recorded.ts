import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';

/** Captured AWS payloads lie beside the repository where its makers work; they are not part of it. */
const CORPUS = join(import.meta.dirname, '../../../../shared/corpus');

/** A test against captured payloads: skipped, and saying why, where there are none. */
export function testRecorded(name: string, run: () => void | Promise<void>): void {
  if (existsSync(CORPUS)) test(name, run);
  else test.skip(`${name} (no captured payloads beside the repository)`, run);
}

/** The captured payloads of a folder whose file name matches. */
export function recorded(folder: string, name: RegExp): readonly unknown[] {
  const files = readdirSync(join(CORPUS, folder)).filter((file) => name.test(file));
  return files.map((file) => JSON.parse(readFileSync(join(CORPUS, folder, file), 'utf8')) as unknown);
}

/**
 * Every path of keys in a value, JSON strings opened. List entries share theirs, `Rules[].Actions[].Type`, and an empty
 * list is one: `Rules[]`.
 */
export function paths(value: unknown, prefix = ''): readonly string[] {
  if (typeof value === 'string' && value.startsWith('{')) return paths(JSON.parse(value), prefix);
  if (Array.isArray(value)) {
    const list = `${prefix}[]`;
    return value.length === 0 ? [list] : [...new Set(value.flatMap((each) => paths(each, list)))];
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return [prefix];
  const inside = Object.entries(value).flatMap(([key, each]) =>
    paths(each, prefix === '' ? key : `${prefix}.${key}`),
  );
  return [...new Set(inside)];
}

/** What is in the first and not in the second; an empty list is in one that is not empty. */
export function missing(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const has = (path: string): boolean =>
    actual.includes(path) || (path.endsWith('[]') && actual.some((other) => other.startsWith(path)));
  return expected.filter((path) => !has(path));
}
