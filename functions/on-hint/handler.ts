import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createHints } from '../../src/ledger/hints.ts';
import { kinds } from './kinds.ts';
import { createLook } from './look.ts';
import { onHint } from './on-hint.ts';

const starter = createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN'));
const hints = createHints(new DynamoDBClient(clientOptions), setting('LEDGER_TABLE'));
const stalledKinds = new Map(Object.entries(kinds).map(([name, create]) => [name, create()]));

export const handler = handlerOf(onHint({ starter, look: createLook(stalledKinds, hints, now) }));
