import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { createHandOver } from '../../src/slack/handover.ts';
import { createNonces } from '../../src/slack/nonces.ts';
import { createSettings } from '../../src/slack/settings.ts';
import { onSlack } from './on-slack.ts';

const settings = createSettings(readParameters, setting('SLACK_SETTINGS'), 'signing-secret');

export const handler = handlerOf(
  onSlack({
    secret: async () => (await settings())['signing-secret'],
    nonces: createNonces(new DynamoDBClient(clientOptions), setting('SLACK_TABLE')),
    handOver: createHandOver(new EventBridgeClient(clientOptions), setting('BUS_NAME')),
    now,
  }),
);
