import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { end } from './command-line/end.ts';
import { placeOf } from './deploy/place.ts';
import { packageStack } from './package.ts';
import { SUMS, writeRelease } from './release/release.ts';

const HELP = `Usage: npm run release -- [--stage STAGE] [--out FOLDER]

Writes a release, from which a stage is installed without a clone: a CloudFormation template whose archives are in a bucket that
its user names, the archives, a CycloneDX bill of materials, notes, and ${SUMS}. Needs no network and no account. The same
commit gives the same bytes. docs/deploying.md says how to check and install a release.

  --stage STAGE  the stage in the names of the stack's resources; prod when left out
  --out FOLDER   release/lastgood-VERSION-STAGE when left out; it is replaced
  --help`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { stage: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const root = process.cwd();
  const { stage } = placeOf(values.stage, undefined);
  await packageStack({ root, stage, quiet: true });
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const out = values.out ?? path.join('release', `lastgood-${version}-${stage}`);
  const { folder, files } = writeRelease(root, path.resolve(root, out));
  console.log(`${files.length} files in ${path.relative(root, folder)}`);
}

if (process.argv[1] === import.meta.filename) await end('release', main);
