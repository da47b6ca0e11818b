import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createHints } from '../../src/ledger/hints.ts';
import { kinds } from './kinds.ts';
import { createCheckStalled } from './check-stalled.ts';
import { createNoteStop } from './note-stop.ts';
import { onHint } from './on-hint.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const starter = createStarter(connect(SFNClient), setting('STATE_MACHINE_ARN'));
  const [tables, ledger] = [connect(DynamoDBClient), setting('LEDGER_TABLE')];
  const hints = createHints(tables, ledger);
  const stalledKinds = new Map(Object.entries(kinds).map(([name, create]) => [name, create(surroundings)]));

  return handlerOf(
    onHint({
      starter,
      checkStalled: createCheckStalled(stalledKinds, hints, now),
      noteStop: createNoteStop(tables, ledger),
    }),
  );
}
