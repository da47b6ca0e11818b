import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One import, type-only ones too: of a file below the root (`src/rollback/plan.ts`), or of a package (`zod/mini`). */
export interface Import {
  readonly from: string;
  readonly to: string;
}

const ROOTS = ['embedded-aws', 'src', 'functions', 'scripts', 'local', 'test'];

/** The packages of the workspace, and their folders. */
const WORKSPACE: Readonly<Record<string, string>> = { '@lastgood/embedded-aws': 'embedded-aws' };

/** Reads every import of the project's own files. */
export function readImports(): readonly Import[] {
  return globSync(ROOTS.map((root) => `${root}/**/*.{ts,cjs}`)).flatMap((file) =>
    importsIn(file.replaceAll(path.sep, '/'), readFileSync(file, 'utf8')),
  );
}

/** Reads the imports of one file: `import`, `export … from`, `import()`, `import('…')` of a type, and `require`. */
export function importsIn(from: string, text: string): readonly Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => ({ from, to: placeOf(from, fileName) }));
}

function placeOf(from: string, name: string): string {
  if (name.startsWith('.')) return path.posix.join(path.posix.dirname(from), name);
  const home = Object.keys(WORKSPACE).find((one) => name.startsWith(`${one}/`));
  return home === undefined ? name : name.replace(home, WORKSPACE[home] ?? home);
}
