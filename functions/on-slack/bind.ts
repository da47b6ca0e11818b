import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { Unavailable } from '../../src/rollback/errors.ts';
import { formView } from '../../src/slack/form.ts';
import { createHandOver } from '../../src/slack/handover.ts';
import { createNonces } from '../../src/slack/nonces.ts';
import { createSettings } from '../../src/slack/settings.ts';
import { createSlack } from '../../src/slack/web-api.ts';
import { onSlack } from './on-slack.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now, fetch } = surroundings;
  const parameters = createParameters(surroundings);
  const settings = createSettings(parameters, setting('SLACK_SETTINGS'), now, 'signing-secret', 'bot-token');

  async function openForm(trigger: string, answerUrl: string): Promise<void> {
    const { 'bot-token': token } = await settings();
    if (token === undefined) throw new Unavailable('the bot token of Slack is missing');
    await createSlack(fetch, setting('SLACK_API'), token).open(trigger, formView(answerUrl));
  }

  return handlerOf(
    onSlack({
      secret: async () => (await settings())['signing-secret'],
      nonces: createNonces(connect(DynamoDBClient), setting('SLACK_TABLE')),
      handOver: createHandOver(connect(EventBridgeClient), setting('BUS_NAME')),
      openForm,
      now,
    }),
  );
}
