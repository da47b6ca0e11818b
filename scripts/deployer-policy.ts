import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { end } from './command-line/end.ts';
import { ENDED_BADLY, WrongUse } from './command-line/status.ts';
import { placeOf } from './deploy/place.ts';
import { policyOf } from './deploy/policy.ts';
import { typesIn } from './deploy/template.ts';
import { PACKAGED, packageWhenChanged } from './package.ts';

const USAGE = `Usage: npm run deployer-policy -- [--check | --stage STAGE]

Writes docs/deployer-policy.json, the permissions that a deployment of Lastgood needs, from the resource types of the packaged template.

  --check        write nothing; exit status 1 if the file is out of date
  --stage STAGE  write nothing; print the policy for one stage alone
  --help`;

/** Where the policy of all stages is. */
export const FILE = 'docs/deployer-policy.json';

/** Returns the file's text. */
export async function written(template = PACKAGED, stage = '*'): Promise<string> {
  const text = JSON.stringify(policyOf(typesIn(template), stage));
  return prettier.format(text, { ...(await prettier.resolveConfig(FILE)), filepath: FILE });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean' },
      stage: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.check && values.stage !== undefined)
    throw new WrongUse('give --check or --stage: the file is of all stages');
  const stage = values.stage === undefined ? undefined : placeOf(values.stage).stage;
  await packageWhenChanged();
  const text = await written(PACKAGED, stage);
  if (stage !== undefined) process.stdout.write(text);
  else if (!values.check) writeFileSync(FILE, text);
  else if (readFileSync(FILE, 'utf8') !== text) {
    console.error(`${FILE} is out of date: run "npm run deployer-policy".`);
    process.exitCode = ENDED_BADLY;
  }
}

if (process.argv[1] === import.meta.filename) await end('deployer-policy', main);
