import { SFNClient } from '@aws-sdk/client-sfn';
import { createParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
// Not from dynamodb.ts: the schema of requests, and zod with it, would make a trigger's bundle larger.
import { createFirings } from '../../src/ledger/dynamodb-firings.ts';
import { onWebhook } from './on-webhook.ts';
import { createSecrets } from './secrets.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const parameters = createParameters(surroundings);
  const tables = tablesOf(surroundings);

  return handlerOf(
    onWebhook({
      secretOf: createSecrets(parameters, setting('WEBHOOK_SECRETS'), now),
      starter: createStarter(connect(SFNClient), setting('STATE_MACHINE_ARN')),
      firings: createFirings(tables, setting('CLAIMS_TABLE')),
      now,
    }),
  );
}
