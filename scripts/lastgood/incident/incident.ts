import { writeFileSync } from 'node:fs';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DONE, NOT_DONE, type Verb } from '../verb.ts';
import { readArguments, type Asked } from './arguments.ts';
import { NotWritten } from './not-written.ts';
import { readIncident } from './read/past-incident.ts';
import { arnOf } from './read/step-functions.ts';
import { textOf } from './text.ts';

const HELP = `Usage: npx lastgood incident EXECUTION [--out FILE] [--region REGION] [--stage STAGE]

Writes what AWS showed when a past rollback was judged, as one JSON document in the format lastgood-incident/1. Send it to
us when the judge was wrong, and say in \`truth\` what was right. npm run judge -- FILE judges it again.

  EXECUTION        of the state machine lastgood-STAGE-rollback: its ARN, or its name. An alarm must have started it
  --out FILE       instead of standard output
  --region REGION  of Lastgood's stack; AWS_REGION when left out. An ARN says it
  --stage STAGE    of Lastgood's stack; prod when left out. An ARN says it
  --help

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

Reads with the AWS credentials of the environment, which need
  states:GetExecutionHistory              on the executions of lastgood-STAGE-rollback
  states:ListStateMachines                where EXECUTION is a name
  dynamodb:Query                          on the tables lastgood-STAGE-ledger and lastgood-STAGE-claims and its index newest
  cloudwatch:GetMetricData, cloudwatch:DescribeAlarms and cloudwatch:DescribeAlarmHistory on *

Exit status
  0  it was written
  2  it was not: an argument is wrong, no alarm decided, or something could not be read`;

export const incident: Verb = {
  does: 'Writes a past rollback as a file that says what was judged, to send it to us.',
  run,
};

async function run(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if ('help' in asked) {
    console.log(HELP);
    return DONE;
  }
  if ('problem' in asked) {
    console.error(`lastgood: ${asked.problem}. See npx lastgood incident --help`);
    return NOT_DONE;
  }
  try {
    const text = await written(asked);
    if (asked.out === undefined) process.stdout.write(text);
    else writeFileSync(asked.out, text);
    return DONE;
  } catch (error) {
    console.error(`lastgood: ${asked.execution.name}: ${inOneLine(error)}`);
    return NOT_DONE;
  }
}

async function written({ execution, place: { region, stage } }: Asked): Promise<string> {
  const options = region === undefined ? {} : { region };
  const [states, cloudwatch, dynamodb] = [
    new SFNClient(options),
    new CloudWatchClient(options),
    new DynamoDBClient(options),
  ];
  try {
    const arn = 'arn' in execution ? execution.arn : await arnOf(states, stage, execution.name);
    const clients = { states, cloudwatch, tables: DynamoDBDocumentClient.from(dynamodb) };
    return textOf(await readIncident(clients, arn, stage));
  } finally {
    for (const client of [states, cloudwatch, dynamodb]) client.destroy();
  }
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = error instanceof NotWritten ? error.message : `${error.name}: ${error.message}`;
  return said.replaceAll(/\s+/g, ' ');
}
