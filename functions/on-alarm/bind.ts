import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { onAlarm } from './on-alarm.ts';
import { createTagReader } from '../../src/aws/alarm-tags.ts';
import { createAliases } from '../../src/targets/alarms/aliases.ts';
import { createNamedStages } from '../../src/targets/alarms/named-stages.ts';
import { createTagging, optedInKept } from '../../src/aws/opted-in.ts';
import { createTagsReader } from '../../src/aws/resource-tags.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind({ connect, setting, now }: Surroundings): LambdaHandler {
  const starter = createStarter(connect(SFNClient), setting('STATE_MACHINE_ARN'));
  const tagsOf = createTagReader(connect(CloudWatchClient));
  const balancerTags = createTagsReader(connect(ResourceGroupsTaggingAPIClient));

  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const listed = optedInKept(createTagging(connect), now);
  const lookUp = createNamedStages(connect, listed, now);
  const aliasesOf = createAliases(connect, listed, now);
  const optedIn = () => listed('here');
  return handlerOf(onAlarm({ starter, emitter, now, tagsOf, balancerTags, lookUp, optedIn, aliasesOf }));
}
