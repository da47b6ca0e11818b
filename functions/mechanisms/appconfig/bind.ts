import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createMechanism } from './mechanism.ts';
import { createAlarmStates } from './monitors.ts';
import { readinessWith } from './ready/ready.ts';
import { createAppConfig } from './sdk.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const clients = {
      appconfig: createAppConfig(connect(AppConfigClient), surroundings.setting('APPCONFIG_ARN')),
      alarmStates: createAlarmStates(connect(CloudWatchClient)),
      readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
      ledger,
      now,
    };
    return { ...createMechanism(clients), readiness: readinessWith(clients) };
  });
}
