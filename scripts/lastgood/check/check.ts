import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createFreezes, createLedger } from '../../../src/ledger/dynamodb.ts';
import { objections } from '../../../src/ledger/objections.ts';
import type { Verb } from '../verb.ts';
import { readArguments, type Asked } from './arguments.ts';

const HELP = `Usage: npx lastgood check TARGET REVISION [--region REGION] [--stage STAGE]

Says whether a pipeline may deploy REVISION to TARGET. Run it right before the deployment.

  TARGET           what is deployed to, as Lastgood names it: ecs:prod/checkout
  REVISION         what is to be deployed. Of ecs: the task definition, as family:revision or ARN, or the ARN of a
                   service revision. Of other kinds: the revision's id or name, as Lastgood's events have it
  --region REGION  of Lastgood's stack; AWS_REGION when left out
  --stage STAGE    of Lastgood's stack; prod when left out
  --help

Reads the ledger with the AWS credentials of the environment, which need dynamodb:Query and dynamodb:GetItem on the
table lastgood-STAGE-ledger and nothing else.

Exit status
  0  nothing speaks against it
  2  cannot say: an argument is wrong, or the ledger could not be read. Do not deploy: unknown is not go
  3  do not deploy: a person froze TARGET, or a rollback condemned REVISION. The reasons are on standard output`;

const GO = 0;
const UNKNOWN = 2;
const NO = 3;

export const check: Verb = {
  does: 'Says whether a pipeline may deploy a revision to a target.',
  run,
};

async function run(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if ('help' in asked) {
    console.log(HELP);
    return GO;
  }
  if ('problem' in asked) {
    console.error(`lastgood: ${asked.problem}\n\n${HELP}`);
    return UNKNOWN;
  }
  return answer(asked).catch((error: unknown) => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    console.error(`lastgood: the ledger could not be read, so nobody can say. ${name}: ${message}`);
    return UNKNOWN;
  });
}

async function answer({ target, revision, region, stage }: Asked): Promise<number> {
  const client = new DynamoDBClient(region === undefined ? {} : { region });
  const tables = DynamoDBDocumentClient.from(client);
  const table = `lastgood-${stage}-ledger`;
  try {
    const [entries, freeze] = await Promise.all([
      createLedger(tables, table).entries(target),
      createFreezes(tables, table).of(target, new Date().toISOString()),
    ]);
    const against = objections(revision, entries, freeze);
    for (const objection of against) console.log(objection);
    return against.length === 0 ? GO : NO;
  } finally {
    client.destroy();
  }
}
