import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../fixtures/events/', import.meta.url);

/** Reads a fixture by its file's name without `.json`. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
}

/** Reads a fixture and replaces the value at a path; `undefined` removes it. */
export function altered(name: string, path: readonly string[], value: unknown): unknown {
  const event = fixture(name) as Record<string, unknown>;
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, event);
  parent[last] = value;
  return JSON.parse(JSON.stringify(event));
}

export const fixtureNames = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
