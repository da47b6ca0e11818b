import { FINE, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { EXECUTION } from '../execution.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { executionArn } from '../machines.ts';
import { writeOut } from '../out.ts';
import type { Given, Verb } from '../verb.ts';
import { readArguments, type Asked } from './arguments.ts';
import { readIncident } from './read/past-incident.ts';
import { textOf } from './text.ts';

const HELP = `Writes what AWS showed when a past rollback was judged, as one JSON document in the format lastgood-incident/1. An alarm must
have started the rollback. Send the file to us when the judge was wrong, and say in \`truth\` what was right.
npm run judge -- FILE judges it again.

What the file contains
  The target, and its tags that begin with lastgood, without probes and Prometheus queries
  Names, metrics and thresholds of the target's alarms and of others that turned within the day before, and when they turned
  The target's last deployments: ids, revisions, when they ran, and what differed (names of environment variables and secrets,
  never their values). Content is hashed
  Four hours of requests, errors, latency, CPU, memory and healthy hosts by the minute, and the same hours a day before
  The ledger's entries and the earlier rollbacks of the target, deployments of what it needs, and changes of flags, parameters
  and secrets by name
  The same at each further look, or three minutes later: only if Lastgood had changed nothing by then, and the ledger says how
  deployments in flight went on
  Account ids, because ARNs are ids. No reason that a person or a tool gave, no log, no value of a parameter or a secret

What is gone is left out: CloudWatch keeps minutes for 15 days and the history of alarms for some weeks, Lastgood keeps changes of
flags for an hour. Alarms that were configured anew since come without their thresholds.

${permissionsHelp([
  ['states:GetExecutionHistory', 'execution:lastgood-STAGE-rollback:*'],
  ['states:ListStateMachines', '*'],
  ['dynamodb:Query', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:Query', 'table/lastgood-STAGE-claims/index/newest'],
  ['cloudwatch:GetMetricData', '*'],
  ['cloudwatch:DescribeAlarms', '*'],
  ['cloudwatch:DescribeAlarmHistory', '*'],
])}
states:ListStateMachines is needed where EXECUTION is a name.

${statusHelp({ fine: 'it was written', cannotSay: 'no alarm decided, or something could not be read' })}`;

export const incident: Verb = {
  does: 'Writes a past rollback as a file that says what was judged, to send it to us.',
  declare: (command) => command.argument(...EXECUTION).option('--out <file>', 'instead of standard output'),
  help: HELP,
  run,
};

async function run(given: Given): Promise<Status> {
  const asked = readArguments(given);
  const text = await written(asked);
  const { execution, out } = asked;
  if (out === undefined) process.stdout.write(text);
  else await writeOut(out, text);
  if (given.isJson && out !== undefined)
    console.log(JSON.stringify({ execution: execution.name, file: out }));
  return FINE;
}

function written({ execution, place }: Asked): Promise<string> {
  return withAws(place, async ({ states, cloudwatch, tables }) => {
    const arn = await executionArn(states, place.stage, execution);
    return textOf(await readIncident({ states, cloudwatch, tables }, arn, place.stage));
  });
}
