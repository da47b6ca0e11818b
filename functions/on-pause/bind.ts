import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createReadPause } from '../../src/aws/pause.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { createAnnounced } from '../../src/ledger/dynamodb-announced.ts';
import { onPause } from './on-pause.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const announce = onPause(
    {
      readPause: createReadPause(surroundings),
      announced: createAnnounced(tablesOf(surroundings), setting('CLAIMS_TABLE')),
      emitter: createEmitter(connect(EventBridgeClient), setting('BUS_NAME')),
    },
    now,
  );
  /** Serves the change of the parameter, and the schedule: both only say that it is time to read it. */
  return handlerOf(() => announce());
}
