import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { formView } from '../../src/slack/form.ts';
import { createHandOver } from '../../src/slack/handover.ts';
import { createNonces } from '../../src/slack/nonces.ts';
import { createSettings } from '../../src/slack/settings.ts';
import { createSlack } from '../../src/slack/web-api.ts';
import { onSlack } from './on-slack.ts';

const settings = createSettings(
  readParameters,
  setting('SLACK_SETTINGS'),
  now,
  'signing-secret',
  'bot-token',
);

async function openForm(trigger: string, answerUrl: string): Promise<void> {
  const { 'bot-token': token = '' } = await settings();
  await createSlack(setting('SLACK_API'), token).open(trigger, formView(answerUrl));
}

export const handler = handlerOf(
  onSlack({
    secret: async () => (await settings())['signing-secret'],
    nonces: createNonces(new DynamoDBClient(clientOptions), setting('SLACK_TABLE')),
    handOver: createHandOver(new EventBridgeClient(clientOptions), setting('BUS_NAME')),
    openForm,
    now,
  }),
);
