import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createClaims, createLedger } from '../../src/ledger/dynamodb.ts';
import { createTagReader } from '../../src/aws/alarm-tags.ts';
import { createBalancerTagReader } from '../../src/aws/balancer-tags.ts';
import { createTagging, optedInOnce } from '../../src/aws/opted-in.ts';
import { eachOf } from '../../src/aws/each.ts';
import { createKinds } from './create-kinds.ts';
import { alarmsInAlarm, startLost } from './lost.ts';
import { findMissed } from './missed.ts';
import { createIsMuted } from './muted.ts';
import { prove } from './prove.ts';
import { createAlarmStates } from './quiet.ts';
import { createRed, once } from './red.ts';
import { createExecutions, reportMissing } from './unreported.ts';
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
  const kinds = createKinds(surroundings);
  const tagging = createTagging(connect);

  const alarms = createAlarmStates(cloudwatch);
  const readers = {
    tagsOf: createTagReader(cloudwatch),
    balancerTags: createBalancerTagReader(tagging.here),
  };
  const isMuted = createIsMuted(cloudwatch);
  const execution = createExecutions(stepFunctions);

  /** Every minute: what no event says, or what an event should have said and did not. */
  return handlerOf(async () => {
    const swept = { optedIn: optedInOnce(tagging), entriesOf: (target: string) => ledger.entries(target) };
    const inAlarm = once(() => alarmsInAlarm(cloudwatch));
    const redOf = createRed(inAlarm, readers);
    const jobs = [
      () => startLost({ inAlarm, isMuted, ...readers, starter }, now()),
      () => reportMissing({ claims, emitter, starter, execution }, now()),
      () => prove({ ledger, claims, alarms, redOf, kindOf: kinds.named, swept }, now()),
      () => findMissed({ kinds: kinds.all, swept, ledger, starter }),
    ];
    await eachOf(jobs, (job) => job());
  });
}
