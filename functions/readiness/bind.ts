import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SFNClient } from '@aws-sdk/client-sfn';
import { kept } from '../../src/aws/kept.ts';
import { createAliases } from '../../src/targets/alarms/aliases.ts';
import { createNamedStages } from '../../src/targets/alarms/named-stages.ts';
import { createTagging, MODES, optedInKept } from '../../src/aws/opted-in.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import { taggedGroups } from '../../src/aws/tagged-groups.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import { logger } from '../../src/lambda/logger.ts';
import { checkStep, isCheckCall } from '../../src/lambda/readiness-steps.ts';
import { createStartCheck } from '../../src/lambda/start-check.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { createTurns } from '../../src/lambda/turns.ts';
import { createClaims, createReadinesses } from '../../src/ledger/dynamodb.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { taggedTargets } from '../../src/targets/tagged.ts';
import { createTagReaders, readTargetTags } from '../../src/targets/alarms/target-tags.ts';
import { readAlarms } from './alarms.ts';
import { check } from './check.ts';
import { createSimulate } from './permissions.ts';
import { startDue } from './schedule.ts';
import { sharedWith } from './shared.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const readinesses = createReadinesses(tables, setting('LEDGER_TABLE'));
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const turns = createTurns(createCalendar(tables, setting('CLAIMS_TABLE'), now), now);
  const autoScaling = connect(AutoScalingClient);
  const groups = kept(() => taggedGroups(autoScaling, MODES), now);
  const tagging = createTagging(connect);
  const optedIn = optedInKept(tagging, now);
  const lookUp = createNamedStages(connect, optedIn, now);
  const readers = createTagReaders(
    kept(() => readTargetTags(tagging.here), now),
    { lookUp, optedIn: () => optedIn('here') },
  );
  const cloudwatch = connect(CloudWatchClient);
  const readShared = sharedWith({
    alarms: kept(() => readAlarms(cloudwatch, readers), now),
    partsOf: createAliases(connect, optedIn, now),
    simulate: createSimulate(connect(IAMClient)),
    roleOf: (kind) => setting('MECHANISM_ROLES').replace('*', kind),
  });
  const scheduling = {
    readinesses,
    turns,
    start: createStartCheck(connect(SFNClient), setting('READINESS_MACHINE_ARN')),
    tagged: () => taggedTargets({ optedIn, groups }),
    warn: (message: string, about: object) => logger.warn(message, { ...about }),
  };
  const weigh = check({ readinesses, claims, emitter, readShared }, now);
  return handlerOf((event) => (isCheckCall(event) ? checkStep(event, weigh) : startDue(scheduling, now())));
}
