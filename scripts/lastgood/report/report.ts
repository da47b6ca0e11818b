import { CannotSay, FINE, FORBIDDEN, WrongUse, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { EXECUTION, readExecution, readPlaceOf } from '../execution.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { writeOut } from '../out.ts';
import type { Given, Verb } from '../verb.ts';
import { askForLink } from './link.ts';
import { reportsAddress } from './address.ts';

const HELP = `Prints a link to the report page of a rollback. The link works for a few minutes, for anyone who has it. --out saves the page
instead: it needs no network to be read.

${permissionsHelp([
  ['execute-api:Invoke', '*/$default/POST/reports/*'],
  ['cloudformation:DescribeStacks', 'stack/lastgood-STAGE/*'],
])}

${statusHelp({
  fine: 'the report was found',
  forbidden: 'you may not open reports',
  cannotSay: 'there is no report, or none yet, or it could not be read',
})}`;

export const report: Verb = {
  does: 'Opens the report page of a rollback.',
  declare: (command) =>
    command.argument(...EXECUTION).option('--out <file>', 'save the page there, instead of printing a link'),
  help: HELP,
  run,
};

async function run({ args: [text = ''], options: { out }, place: given, isJson }: Given): Promise<Status> {
  if (out === '') throw new WrongUse('--out must name a file');
  const execution = readExecution(text);
  const place = readPlaceOf(execution, given);
  const found = await withAws(place, async ({ stacks }) =>
    askForLink(stacks, await reportsAddress(stacks, place.stage), execution.name),
  );
  if (found === 'forbidden') {
    console.error('lastgood: report: your AWS credentials may not invoke POST /reports/EXECUTION');
    return FORBIDDEN;
  }
  const file = typeof out === 'string' ? out : null;
  if (file !== null) await writeOut(file, await pageAt(found.url));
  if (isJson)
    console.log(JSON.stringify({ execution: execution.name, ...(file === null ? found : { file }) }));
  else if (file === null) console.log(found.url);
  return FINE;
}

/** @throws CannotSay */
async function pageAt(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new CannotSay(`S3 answered with status ${answer.status}`);
  return answer.text();
}
