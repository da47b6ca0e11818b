import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';

/** Captured AWS payloads lie beside the makers' repository; they are not part of it. */
const CORPUS = join(import.meta.dirname, '../../../../shared/corpus');

/** Declares a test against captured payloads, and skips it with the reason if there are none. */
export function testRecorded(name: string, run: () => void | Promise<void>): void {
  if (existsSync(CORPUS)) test(name, run);
  else test.skip(`${name} (no captured payloads beside the repository)`, run);
}

/** Returns the captured payloads of a folder whose file name matches. */
export function recorded(folder: string, name: RegExp): readonly unknown[] {
  const files = readdirSync(join(CORPUS, folder)).filter((file) => name.test(file));
  return files.map((file) => JSON.parse(readFileSync(join(CORPUS, folder, file), 'utf8')) as unknown);
}

/**
 * Returns every path of keys in a value, with JSON strings parsed. List entries share theirs, `Rules[].Actions[].Type`,
 * and an empty list is one: `Rules[]`.
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

/** Returns the paths of the first that the second lacks. A list that is not empty contains an empty one. */
export function missing(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const has = (path: string): boolean =>
    actual.includes(path) || (path.endsWith('[]') && actual.some((other) => other.startsWith(path)));
  return expected.filter((path) => !has(path));
}
