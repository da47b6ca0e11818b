import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PACKAGE } from './code.ts';
import { insert, modelsText } from './text.ts';

/** Lists what the embedded AWS models in its README, between the two markers. */

const README = path.join(PACKAGE, 'README.md');

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  console.log(
    'npm run models [-- --check]: lists what the embedded AWS models in embedded-aws/README.md; --check only says whether it is up to date.',
  );
} else {
  const readme = readFileSync(README, 'utf8');
  const written = insert(readme, modelsText());
  if (values.check && written !== readme) {
    console.error('The models in embedded-aws/README.md are out of date: run "npm run models".');
    process.exitCode = 1;
  } else if (!values.check) {
    writeFileSync(README, written);
  }
}
