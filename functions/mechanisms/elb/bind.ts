import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { createLaunchedReader } from '../../../src/aws/launched.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createFleets } from './fleets.ts';
import { createMechanism } from './mechanism.ts';
import { createElb } from './sdk.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const autoscaling = connect(AutoScalingClient);
    return createMechanism({
      elb: createElb(connect(ElasticLoadBalancingV2Client)),
      fleets: createFleets(autoscaling),
      launched: createLaunchedReader(autoscaling),
      readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
      ledger,
      now,
    });
  });
}
