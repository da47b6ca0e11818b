import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LISTS, present, written } from './kinds/lists.ts';
import { kindsIn, lackingIn, MECHANISMS, PARTS } from './kinds/parts.ts';
import { ENDED_BADLY } from './command-line/status.ts';

/** Writes the lists of the modules that kinds of target provide to other code, and reports missing parts. */

const USAGE = `npm run kinds [-- --check]: writes ${LISTS.map(({ file }) => file).join(', ')} from the folders of ${MECHANISMS}; --check says whether they are up to date, and what a kind lacks.

What a kind provides:
${PARTS.map(({ file, is, group }) => `  ${file}\n      ${is}${group === undefined ? '' : ' (optional)'}`).join('\n')}
  its line in serverless.yml`;

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const root = process.cwd();
if (values.help) console.log(USAGE);
else if (values.check) await check();
else await write();

async function write(): Promise<void> {
  for (const list of LISTS) writeFileSync(path.join(root, list.file), await written(root, list));
}

async function check(): Promise<void> {
  const problems = kindsIn(root).flatMap((kind) => lackingIn(root, kind));
  for (const list of LISTS)
    if (present(root, list) !== (await written(root, list)))
      problems.push(`${list.file} is out of date: run "npm run kinds".`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = ENDED_BADLY;
}
