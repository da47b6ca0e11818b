import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createReadPause } from '../../src/aws/pause.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { createAsk } from '../../src/lambda/ask.ts';
import { hostsOf } from '../../src/lambda/hosts.ts';
import { network } from '../../src/lambda/network.ts';
import { createProbe } from '../../src/lambda/probe.ts';
import { createFailures } from '../../src/lambda/failures.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createCopies } from '../../src/ledger/copies.ts';
import { createTend } from '../../src/lambda/storms.ts';
import {
  createChanges,
  createClaims,
  createFreezes,
  createLedger,
  createStacks,
  createStorms,
  createWaits,
} from '../../src/ledger/dynamodb.ts';
import { createTurns } from '../../src/lambda/turns.ts';
import { droppedAfter } from '../../src/rollback/pause.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { createAbsentAlarms } from './absent-alarms.ts';
import { createAlarms } from './alarms.ts';
import { ask } from './ask.ts';
import { awaitEnd } from './await-end.ts';
import { createCircumstances } from './circumstances.ts';
import { claim } from './claim.ts';
import { holdBack } from './hold-back.ts';
import { judge } from './judge.ts';
import { listen } from './listen.ts';
import { review } from './review.ts';
import { createNoteStorm } from './note-storm.ts';
import { readStormTargets } from './storm-targets.ts';
import { createOwnRed } from './own-red.ts';
import { createReadRed } from './read-red.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const turns = createTurns(createCalendar(tables, setting('CLAIMS_TABLE'), now), now);
  const { ledger, freezes, stacks, changes } = ledgerOf(surroundings, tables);
  const waits = createWaits(tables, setting('CLAIMS_TABLE'));
  const cloudwatch = connect(CloudWatchClient);
  const alarms = createAlarms(cloudwatch);
  const storms = createStorms(tables, setting('CLAIMS_TABLE'));
  const { most, areOff: stormsAreOff } = readStormTargets(setting('STORM_TARGETS'));
  const readRed = createReadRed(
    cloudwatch,
    createCopies(tables, setting('CLAIMS_TABLE')),
    now,
    setting('OWN_NAME'),
  );
  const circumstances = createCircumstances({
    readRed,
    cloudwatch,
    ledger,
    changes,
    arrived: (at) => storms.arrived(at),
  });
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const tend = createTend(connect(SFNClient), setting('STORM_MACHINE_ARN'), storms, now);
  const noteStorm = createNoteStorm(storms, tend, now);
  const readPause = createReadPause(surroundings);
  const gathering = {
    ...{ ledger, claims, freezes, stacks, alarms, circumstances, readPause, stormsAreOff },
    ...{ ownRed: createOwnRed(readRed, claims), absentAlarms: createAbsentAlarms(cloudwatch) },
  };

  return steps(
    {
      claim: { adds: 'claim', run: claim({ claims, turns, storms, tend, most, stormsAreOff }, now) },
      judge: {
        adds: 'verdict',
        run: judge(
          {
            ...{ ...gathering, claims, turns, noteStorm, storms },
            probe: createProbe(createAsk(surroundings.network ?? network, hostsOf(surroundings))),
          },
          now,
        ),
      },
      ask: { run: ask({ claims, emitter, storms, tend, readPause }, now) },
      listen: { adds: 'listened', run: listen(claims) },
      review: { adds: 'reviewed', run: review(gathering, now) },
      await: { run: awaitEnd(waits, now) },
      pause: {
        adds: 'paused',
        drops: droppedAfter,
        run: holdBack({ claims, readPause, emitter, turns }, now),
      },
    },
    createFailures(surroundings),
  );
}

/** What the table of the ledger holds. */
function ledgerOf({ setting }: Surroundings, tables: ReturnType<typeof tablesOf>) {
  const table = setting('LEDGER_TABLE');
  return {
    ledger: createLedger(tables, table),
    freezes: createFreezes(tables, table),
    stacks: createStacks(tables, table),
    changes: createChanges(tables, table),
  };
}
