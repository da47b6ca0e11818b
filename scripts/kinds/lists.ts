import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { kindsIn, MECHANISMS } from './parts.ts';

/** A list of modules that the kinds provide to other code, generated from their files. */
export interface List {
  readonly file: string;
  /** The part that it lists. A kind without this part is left out. */
  readonly part: string;
  readonly source: (names: readonly string[]) => readonly string[];
}

export const LISTS: readonly List[] = [
  {
    file: 'src/targets/kinds.ts',
    part: 'src/targets/kinds/KIND/target.ts',
    source: (names) => [
      ...names.map((name) => `import { kind as ${nameOf(name)} } from './kinds/${name}/target.ts';`),
      "import type { Kind } from './kind.ts';",
      '',
      `export const kinds: readonly Kind[] = [${names.map(nameOf).join(', ')}];`,
    ],
  },
  byName('functions/sweep/kinds.ts', 'reconcile.ts', 'createReconciler', 'Reconciler'),
  byName('functions/on-hint/kinds.ts', 'stalled.ts', 'createStalledKind', 'StalledKind'),
  {
    file: 'functions/evidence/trail/kinds.ts',
    part: 'src/targets/kinds/KIND/deploy-call.ts',
    source: (names) => [
      ...names.map(
        (name) =>
          `import { deployCall as ${nameOf(name)} } from '../../../src/targets/kinds/${name}/deploy-call.ts';`,
      ),
      "import type { DeployCall } from '../../../src/targets/deploy-call.ts';",
      '',
      `export const kinds: Readonly<Record<string, DeployCall>> = {${names.map((name) => `'${name}': ${nameOf(name)}`).join(', ')}};`,
    ],
  },
  {
    file: 'src/readiness/ids.ts',
    part: 'src/readiness/ids/KIND.ts',
    source: (names) => [
      ...[...names, 'shared'].map((name) => `import { ${constantOf(name)} } from './ids/${name}.ts';`),
      "import type { Ids } from './finding.ts';",
      '',
      '/** All findings, by the kind of target that has them. docs/readiness.md has a row for each. */',
      `export const IDS: Readonly<Record<string, Ids>> = {${['shared', ...names].map((name) => `'${name}': ${constantOf(name)}`).join(', ')}};`,
    ],
  },
  {
    file: 'src/ledger/spellings/kinds.ts',
    part: 'src/ledger/spellings/kinds/KIND.ts',
    source: (names) => [
      ...names.map((name) => `import { spelling as ${nameOf(name)} } from './kinds/${name}.ts';`),
      "import type { SpellingOfKind } from './spelled.ts';",
      '',
      `export const kinds: Readonly<Record<string, SpellingOfKind>> = {${names.map((name) => `'${name}': ${nameOf(name)}`).join(', ')}};`,
    ],
  },
  {
    file: 'src/quotas/kinds.ts',
    part: 'src/quotas/kinds/KIND.ts',
    source: (names) => [
      ...names.map((name) => `import { quotas as ${nameOf(name)} } from './kinds/${name}.ts';`),
      '',
      `export const kinds = [${names.map(nameOf).join(', ')}] as const;`,
    ],
  },
  {
    file: 'local/campaign/kinds.ts',
    part: 'local/campaign/grounds/KIND.ts',
    source: (names) => [
      ...names.map((name) => `import { grounds as ${nameOf(name)} } from './grounds/${name}.ts';`),
      "import type { Ground } from './ground.ts';",
      '',
      `export const kinds: readonly (readonly Ground[])[] = [${names.map(nameOf).join(', ')}];`,
    ],
  },
];

function byName(file: string, part: string, create: string, type: string): List {
  return {
    file,
    part: `${MECHANISMS}/KIND/${part}`,
    source: (names) => [
      ...names.map((name) => `import { ${create} as ${nameOf(name)} } from '../mechanisms/${name}/${part}';`),
      `import type { ${type} } from '../../src/targets/kind.ts';`,
      "import type { Surroundings } from '../../src/lambda/surroundings.ts';",
      '',
      `export const kinds: Readonly<Record<string, (surroundings: Surroundings) => ${type}>> = {${names.map((name) => `'${name}': ${nameOf(name)}`).join(', ')}};`,
    ],
  };
}

/** Returns the text that a list should have. */
export async function written(root: string, { file, part, source }: List): Promise<string> {
  const names = kindsIn(root).filter((name) => existsSync(path.join(root, part.replaceAll('KIND', name))));
  const says =
    '// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.';
  const filepath = path.join(root, file);
  return format([says, ...source(names)].join('\n'), { ...(await resolveConfig(filepath)), filepath });
}

/** Returns the text that a list has, or '' if there is no such file. */
export function present(root: string, { file }: List): string {
  const filepath = path.join(root, file);
  return existsSync(filepath) ? readFileSync(filepath, 'utf8') : '';
}

/** Turns a folder's name into the name of a constant: `route53` to `ROUTE53`, `app-config` to `APP_CONFIG`. */
function constantOf(folder: string): string {
  return folder.replaceAll('-', '_').toUpperCase();
}

/** Turns a folder's name into an identifier: `route53`, `codedeploy`, `app-config` to `appConfig`. */
export function nameOf(folder: string): string {
  return folder.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
