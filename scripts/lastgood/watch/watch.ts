import type { Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { EXECUTION, readExecution, readPlaceOf } from '../execution.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { executionArn } from '../machines.ts';
import type { Given, Verb } from '../verb.ts';
import { ENDINGS, printUntilEnd } from './print.ts';

const HELP = `Prints a line for each step, in UTC, and how it ended. An execution that has ended is printed whole. To stop watching does not
stop the rollback. With --json each step is one JSON document a line, and the last has the outcome.

${permissionsHelp([
  ['states:GetExecutionHistory', 'execution:lastgood-STAGE-rollback:*'],
  ['states:ListStateMachines', '*'],
])}
states:ListStateMachines is needed where EXECUTION is a name.

${statusHelp(ENDINGS)}`;

export const watch: Verb = {
  does: 'Shows the progress of a rollback until it ends.',
  declare: (command) => command.argument(...EXECUTION),
  help: HELP,
  run,
};

function run({ args: [text = ''], place: given, isJson }: Given): Promise<Status> {
  const execution = readExecution(text);
  const place = readPlaceOf(execution, given);
  return withAws(place, async ({ states }) =>
    printUntilEnd(states, await executionArn(states, place.stage, execution), isJson),
  );
}
