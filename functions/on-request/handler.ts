import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { onRequest } from './on-request.ts';

const starter = createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN'));
const emitter = createEmitter(new EventBridgeClient(clientOptions), setting('BUS_NAME'));

const requesters = {
  own: setting('OWN_ACCOUNT'),
  accounts: list(process.env['REQUESTING_ACCOUNTS']),
  organization: list(process.env['REQUESTING_ORGANIZATION']).length > 0,
};

export const handler = handlerOf(onRequest({ starter, emitter, now, requesters }));

/** Empty where the stack lets nobody else ask. */
function list(text = ''): readonly string[] {
  return text.split(',').filter((item) => item !== '');
}
