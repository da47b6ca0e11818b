import { parseArgs } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { STSClient } from '@aws-sdk/client-sts';
import { ask } from './command-line/ask.ts';
import { end } from './command-line/end.ts';
import { EndedBadly, WrongUse } from './command-line/status.ts';
import { callerOf } from './deploy/caller.ts';
import { deleteLedger } from './deploy/ledger.ts';
import { placeOf } from './deploy/place.ts';
import { clientOptions } from './deploy/client-options.ts';
import { remove } from './deploy/remove.ts';
import { rulesOfOthers } from './deploy/rules-of-others.ts';
import { stackExists } from './deploy/stack-exists.ts';
import { osls } from './package.ts';

const USAGE = `Usage: npm run remove -- [--stage STAGE] [--region REGION] [--with-ledger] [--yes]

Removes Lastgood from the account of the AWS credentials in the environment. It keeps the tables of the ledger and the
claims, and the next deployment of the stage takes them in. It asks once.

  --stage STAGE    prod when left out
  --region REGION  AWS_REGION when left out, and eu-west-1 without it
  --with-ledger    delete these tables too: Lastgood then knows no version that was good
  --yes            do not ask
  --help

Exit status 0 when removed, 1 when it failed, 2 when the command line is wrong, 3 when the answer is no or the bus has
rules of others, 4 when AWS does not know the credentials or cannot be reached.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      region: { type: 'string' },
      'with-ledger': { type: 'boolean' },
      yes: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const place = placeOf(values.stage, values.region);
  const { stage, region } = place;
  const options = clientOptions(region);
  await remove(
    place,
    { withLedger: values['with-ledger'] ?? false },
    {
      identify: () => callerOf(new STSClient(options), region),
      isInstalled: () => stackExists(new CloudFormationClient(options), `lastgood-${stage}`),
      rulesOfOthers: () => rulesOfOthers(new EventBridgeClient(options), stage),
      confirm: (question) => (values.yes ? Promise.resolve(stage) : confirm(question)),
      uninstall: () => uninstall(stage, region),
      deleteLedger: () => deleteLedger(new DynamoDBClient(options), stage),
      say: (line) => console.log(line),
    },
  );
}

function confirm(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new WrongUse('there is no terminal to ask on: give --yes');
  return ask(question);
}

async function uninstall(stage: string, region: string): Promise<void> {
  try {
    await osls(process.cwd(), ['remove', '--stage', stage, '--region', region], true);
  } catch (error) {
    throw new EndedBadly(error instanceof Error ? error.message.trimEnd() : String(error));
  }
}

await end('remove', main);
