import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { logger } from '../../src/lambda/logger.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createClaims, createLedger, createRounds } from '../../src/ledger/dynamodb.ts';
import { createTagReader } from '../../src/aws/alarm-tags.ts';
import { createTagsReader } from '../../src/aws/resource-tags.ts';
import { createTagging, optedInOnce } from '../../src/aws/opted-in.ts';
import { eachOf } from '../../src/aws/each.ts';
import { createKinds } from './create-kinds.ts';
import { alarmsInAlarm, reconcileAlarmEvents } from './lost-alarm-events.ts';
import { createKindSweep } from './sweep-kind.ts';
import { createIsMuted } from './muted.ts';
import { prove } from './prove.ts';
import { createAlarmStates } from './stayed-ok.ts';
import { createInAlarmReader, once } from './in-alarm.ts';
import { createExecutions, reconcileExecutions } from './executions.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const cloudwatch = connect(CloudWatchClient);
  const stepFunctions = connect(SFNClient);
  const ledger = createLedger(tables, setting('LEDGER_TABLE'));
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const starter = createStarter(stepFunctions, setting('STATE_MACHINE_ARN'));
  const rounds = createRounds(tables, setting('LEDGER_TABLE'));
  const kinds = createKinds(surroundings);
  const sweeps = [...kinds.all].map(([name, kind]) => createKindSweep(name, kind));
  const tagging = createTagging(connect);

  const alarms = createAlarmStates(cloudwatch);
  const readers = {
    tagsOf: createTagReader(cloudwatch),
    balancerTags: createTagsReader(tagging.here),
  };
  const isMuted = createIsMuted(cloudwatch);
  const execution = createExecutions(stepFunctions);

  /** Runs every minute. Reconciles lost events and changes that have no event. */
  return handlerOf(async () => {
    const context = {
      optedIn: optedInOnce(tagging),
      entriesOf: (target: string) => ledger.entries(target),
      now: now(),
    };
    const warn = (message: string, about: object) => logger.warn(message, { ...about });
    const sweeping = { ledger, starter, rounds, warn, hasTime: () => true };
    const inAlarm = once(() => alarmsInAlarm(cloudwatch));
    const inAlarmOf = createInAlarmReader(inAlarm, readers);
    const jobs = [
      () => reconcileAlarmEvents({ inAlarm, isMuted, ...readers, starter }, now()),
      () => reconcileExecutions({ claims, emitter, starter, execution }, now()),
      () => prove({ ledger, claims, alarms, inAlarmOf, kindOf: kinds.named, context }, now()),
      ...sweeps.map((sweep) => () => sweep(sweeping, context)),
    ];
    await eachOf(jobs, (job) => job());
  });
}
