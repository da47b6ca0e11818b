import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createSendAnswer } from '../../src/lambda/storms.ts';
import { createFreezes, createHandovers, createReports, createStorms } from '../../src/ledger/dynamodb.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import { onRequest } from './on-request.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, variable, now } = surroundings;
  const states = connect(SFNClient);
  const starter = createStarter(states, setting('STATE_MACHINE_ARN'));
  const answers = {
    storms: createStorms(tablesOf(surroundings), setting('CLAIMS_TABLE')),
    sendAnswer: createSendAnswer(states, setting('STORM_MACHINE_ARN')),
  };
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));

  const freezes = createFreezes(tablesOf(surroundings), setting('LEDGER_TABLE'));
  const handing = {
    handovers: createHandovers(tablesOf(surroundings), setting('CLAIMS_TABLE')),
    reports: createReports(tablesOf(surroundings), setting('LEDGER_TABLE')),
  };
  const requesters = {
    own: setting('OWN_ACCOUNT'),
    accounts: list(variable('REQUESTING_ACCOUNTS')),
    organization: list(variable('REQUESTING_ORGANIZATION')).length > 0,
  };

  return handlerOf(onRequest({ starter, emitter, now, requesters, answers, freezes, handing }));
}

/** Splits a list. Empty if the stack allows no other account. */
function list(text = ''): readonly string[] {
  return text.split(',').filter((item) => item !== '');
}
