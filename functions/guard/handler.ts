import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { now } from '../../src/lambda/now.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createChanges, createClaims, createFreezes, createLedger } from '../../src/ledger/dynamodb.ts';
import { createAlarms } from './alarms.ts';
import { ask } from './ask.ts';
import { createCircumstances } from './circumstances.ts';
import { claim } from './claim.ts';
import { judge } from './judge.ts';
import { listen } from './listen.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const claims = createClaims(tables, setting('CLAIMS_TABLE'));
const ledger = createLedger(tables, setting('LEDGER_TABLE'));
const freezes = createFreezes(tables, setting('LEDGER_TABLE'));
const changes = createChanges(tables, setting('LEDGER_TABLE'));
const cloudwatch = new CloudWatchClient(clientOptions);
const alarms = createAlarms(cloudwatch);
const circumstances = createCircumstances({ cloudwatch, ledger, changes });
const emitter = createEmitter(new EventBridgeClient(clientOptions), setting('BUS_NAME'));

export const handler = steps({
  claim: { adds: 'claim', run: claim(claims, now) },
  judge: { adds: 'verdict', run: judge({ ledger, claims, freezes, alarms, circumstances }, now) },
  ask: { run: ask({ claims, emitter }, now) },
  listen: { adds: 'listened', run: listen(claims) },
});
