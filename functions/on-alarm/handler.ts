import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { onAlarm } from './on-alarm.ts';
import { createTagReader } from '../../src/aws/alarm-tags.ts';
import { createBalancerTagReader } from '../../src/aws/balancer-tags.ts';

const starter = createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN'));
const tagsOf = createTagReader(new CloudWatchClient(clientOptions));
const balancerTags = createBalancerTagReader(new ResourceGroupsTaggingAPIClient(clientOptions));

export const handler = handlerOf(onAlarm({ starter, tagsOf, balancerTags }));
