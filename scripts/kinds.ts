import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { ENDED_BADLY } from './command-line/status.ts';

/** Writes the lists of what the folders of mechanisms offer to other functions. */

const MECHANISMS = 'functions/mechanisms';
const FOLDER = '../../functions/mechanisms';

interface Listing {
  /** The file of a mechanism that has it; a folder without it is left out. */
  readonly offered: string;
  readonly file: string;
  readonly source: (names: readonly string[]) => readonly string[];
}

const LISTINGS: readonly Listing[] = [
  {
    offered: 'target.ts',
    file: 'src/targets/kinds.ts',
    source: (names) => [
      ...names.map((name) => `import { kind as ${nameOf(name)} } from '${FOLDER}/${name}/target.ts';`),
      "import type { Kind } from './kind.ts';",
      '',
      `export const kinds: readonly Kind[] = [${names.map(nameOf).join(', ')}];`,
    ],
  },
  {
    offered: 'swept.ts',
    file: 'functions/sweep/kinds.ts',
    source: (names) => [
      ...names.map(
        (name) => `import { createSweptKind as ${nameOf(name)} } from '../mechanisms/${name}/swept.ts';`,
      ),
      "import type { SweptKind } from './kind.ts';",
      '',
      `export const kinds: Readonly<Record<string, () => SweptKind>> = {${names.map((name) => `'${name}': ${nameOf(name)}`).join(', ')}};`,
    ],
  },
  {
    offered: 'stalled.ts',
    file: 'functions/on-hint/kinds.ts',
    source: (names) => [
      ...names.map(
        (name) => `import { createStalledKind as ${nameOf(name)} } from '../mechanisms/${name}/stalled.ts';`,
      ),
      "import type { StalledKind } from './kind.ts';",
      '',
      `export const kinds: Readonly<Record<string, () => StalledKind>> = {${names.map((name) => `'${name}': ${nameOf(name)}`).join(', ')}};`,
    ],
  },
];

const USAGE = `npm run kinds [-- --check]: writes ${LISTINGS.map(({ file }) => file).join(', ')} from the folders of ${MECHANISMS}; --check only says whether they are up to date.`;

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  console.log(USAGE);
} else {
  for (const listing of LISTINGS) await write(listing, values.check === true);
}

async function write(listing: Listing, checkOnly: boolean): Promise<void> {
  const { file } = listing;
  const wanted = await written(listing);
  if (!checkOnly) {
    writeFileSync(file, wanted);
  } else if ((existsSync(file) ? readFileSync(file, 'utf8') : '') !== wanted) {
    console.error(`${file} is out of date: run "npm run kinds".`);
    process.exitCode = ENDED_BADLY;
  }
}

async function written({ offered, file, source }: Listing): Promise<string> {
  const names = readdirSync(MECHANISMS).filter((name) => existsSync(path.join(MECHANISMS, name, offered)));
  const says =
    '// Written by `npm run kinds` from the folders of functions/mechanisms. `npm run check` fails when it is out of date.';
  return format([says, ...source(names.sort())].join('\n'), {
    ...(await resolveConfig(file)),
    filepath: file,
  });
}

/** A folder's name as an identifier: `route53`, `codedeploy`, `app-config` as `appConfig`. */
function nameOf(folder: string): string {
  return folder.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
