import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MECHANISMS } from './parts.ts';

const SKELETON = 'scripts/kinds/skeleton';

/** Letters, digits and hyphens: the name is part of target strings, folders and Lambda names. */
const NAME = /^[a-z][a-z0-9-]{1,29}$/;

/** Returns the reason why a kind cannot have this name, or null if it can. */
export function problemWith(root: string, name: string): string | null {
  if (!NAME.test(name))
    return `${JSON.stringify(name)} must have 2 to 30 lower case letters, digits and hyphens, and begin with a letter`;
  return existsSync(path.join(root, MECHANISMS, name)) ? `${MECHANISMS}/${name} is there already` : null;
}

/** Writes the missing files of a kind, and its line in serverless.yml. Returns the files' names. */
export function layDown(root: string, name: string): readonly string[] {
  const files = globSync('**/*.{ts,yml}', { cwd: path.join(root, SKELETON) }).toSorted();
  for (const file of files) {
    const text = readFileSync(path.join(root, SKELETON, file), 'utf8');
    write(path.join(root, named(file, name)), named(withImports(text, file), name));
  }
  const serverless = path.join(root, 'serverless.yml');
  writeFileSync(serverless, withLine(readFileSync(serverless, 'utf8'), name));
  return files.map((file) => named(file, name));
}

function named(text: string, name: string): string {
  return text.replaceAll('KIND', name);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Shortens relative imports: the file leaves the skeleton for its place in the project. */
function withImports(text: string, file: string): string {
  return text.replaceAll(/(?<= from ')\.[^']*(?=')/g, (written) => {
    const imported = path.join(SKELETON, path.dirname(file), written);
    if (imported.startsWith(`${SKELETON}/`)) return written;
    const nearer = path.relative(path.dirname(file), imported);
    return nearer.startsWith('.') ? nearer : `./${nearer}`;
  });
}

/** Inserts the line of a kind. The mechanisms are sorted by name. */
function withLine(text: string, name: string): string {
  const lineOf = (kind: string) => `  - \${file(${MECHANISMS}/${kind}/function.yml)}`;
  const lines = text.split('\n');
  const others = lines.filter(
    (line) => line.startsWith(`  - \${file(${MECHANISMS}/`) && line.endsWith('/function.yml)}'),
  );
  const next = others.find((line) => line > lineOf(name));
  const at = next === undefined ? lines.indexOf(others.at(-1) ?? '') + 1 : lines.indexOf(next);
  return lines.toSpliced(at, 0, lineOf(name)).join('\n');
}
