import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { end } from './command-line/end.ts';
import { EndedBadly } from './command-line/status.ts';
import { callerOf } from './deploy/caller.ts';
import { clientOptions } from './deploy/client-options.ts';
import { deploy } from './deploy/deploy.ts';
import { protectLedger } from './deploy/ledger.ts';
import { check } from './deploy/permissions.ts';
import { placeOf } from './deploy/place.ts';
import { packageStack } from './package.ts';
import { checkParameters, parametersFor } from './parameters.ts';

const USAGE = `Usage: npm run deploy -- [--stage STAGE] [--region REGION] [--unchecked]

Deploys Lastgood into the account of the AWS credentials in the environment. Before it builds, it checks the stage, the
Region, params.yml, the credentials, and what they may do (docs/deployer-policy.json). The README says what is created.

  --stage STAGE    prod when left out
  --region REGION  AWS_REGION when left out, and eu-west-1 without it
  --unchecked      do not ask IAM whether the credentials suffice
  --help

Exit status 0 when deployed, 1 when it failed, 2 when the command line or params.yml is wrong, 3 when a permission is
missing, 4 when AWS does not know the credentials or cannot be reached.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      region: { type: 'string' },
      unchecked: { type: 'boolean' },
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
  checkParameters(process.cwd(), place);
  const tables = new DynamoDBClient(options);
  await deploy(place, parametersFor(process.cwd(), stage), {
    identify: () => callerOf(new STSClient(options), region),
    check: async (caller) =>
      values.unchecked
        ? { is: 'unchecked', because: 'as --unchecked says' }
        : check(new IAMClient(options), caller, place),
    install: () => packageStack({ deploy: true, stage, region }).catch(failed),
    protect: () => protectLedger(tables, stage),
    say: (line) => console.log(line),
  });
}

function failed(error: unknown): never {
  throw new EndedBadly(error instanceof Error ? error.message.trimEnd() : String(error));
}

await end('deploy', main);
