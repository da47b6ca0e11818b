import { SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { onWebhook } from './on-webhook.ts';
import { createSecrets } from './secrets.ts';

export const handler = handlerOf(
  onWebhook({
    secretOf: createSecrets(readParameters, setting('WEBHOOK_SECRETS'), now),
    starter: createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN')),
    now,
  }),
);
