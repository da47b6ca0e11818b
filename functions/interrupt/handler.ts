import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createReply } from '../../src/approvals/reply.ts';
import { createWaiting } from '../../src/approvals/waiting.ts';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { now } from '../../src/lambda/now.ts';
import { steps } from '../../src/lambda/steps.ts';
import { interrupt } from './interrupt.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const waiting = createWaiting(tables, setting('CLAIMS_TABLE'));
const reply = createReply(new SFNClient(clientOptions));

export const handler = steps({
  interrupt: { adds: 'interrupted', run: interrupt({ waiting, reply }, now) },
});
