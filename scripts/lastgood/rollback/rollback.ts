import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { executionName } from '../../../src/lambda/start.ts';
import { FINE, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { machineArn } from '../machines.ts';
import { readWish, requestOf, TO, type Wish } from '../request.ts';
import { TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { ENDINGS, printUntilEnd } from '../watch/print.ts';

const HELP = `Starts an execution of lastgood-STAGE-rollback and prints its progress as watch does. The judge decides as for every request:
it may go back, ask a person in Slack, or skip. With --plan it asks again where the plan has changed since it was shown.
To stop watching does not stop the rollback.

${permissionsHelp([
  ['states:ListStateMachines', '*'],
  ['states:StartExecution', 'stateMachine:lastgood-STAGE-rollback'],
  ['states:GetExecutionHistory', 'execution:lastgood-STAGE-rollback:*'],
])}
states:GetExecutionHistory is not needed with --detach.

${statusHelp({
  ...ENDINGS,
  fine: `${ENDINGS.fine}; with --detach, it was started`,
  cannotSay: 'it could not be started, or not be followed',
})}`;

export const rollback: Verb = {
  does: 'Rolls a target back, and shows the progress until it ends.',
  declare: (command) =>
    command
      .argument(...TARGET)
      .option(...TO)
      .requiredOption('--because <text>', 'the reason, for the record and for all who are notified')
      .option('--plan <hash>', 'only this plan: the planHash that plan --json shows')
      .option('--detach', 'only start it, and print its name'),
  help: HELP,
  run,
};

function run(given: Given): Promise<Status> {
  const { place, isJson, options } = given;
  const wish = readWish(given, null);
  return withAws(place, async ({ states }) => {
    const arn = await start(states, place.stage, wish);
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    console.log(isJson ? JSON.stringify({ execution: name, arn }) : name);
    return options['detach'] === true ? FINE : printUntilEnd(states, arn, isJson);
  });
}

async function start(states: SFNClient, stage: string, wish: Wish): Promise<string> {
  const stateMachineArn = await machineArn(states, stage, 'rollback');
  const request = requestOf(wish, awsNow(states));
  const input = JSON.stringify({ request });
  const command = new StartExecutionCommand({ stateMachineArn, name: executionName(request), input });
  const { executionArn = '' } = await states.send(command);
  return executionArn;
}
