import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
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

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const cloudwatch = new CloudWatchClient(clientOptions);
const stepFunctions = new SFNClient(clientOptions);
const ledger = createLedger(tables, setting('LEDGER_TABLE'));
const claims = createClaims(tables, setting('CLAIMS_TABLE'));
const emitter = createEmitter(new EventBridgeClient(clientOptions), setting('BUS_NAME'));
const starter = createStarter(stepFunctions, setting('STATE_MACHINE_ARN'));
const kinds = createKinds();
const tagging = createTagging();

const alarms = createAlarmStates(cloudwatch);
const readers = {
  tagsOf: createTagReader(cloudwatch),
  balancerTags: createBalancerTagReader(tagging.here),
};
const isMuted = createIsMuted(cloudwatch);
const execution = createExecutions(stepFunctions);

/** Every minute: what no event says, or what an event should have said and did not. */
export const handler = handlerOf(async () => {
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
