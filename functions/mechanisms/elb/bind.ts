import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createGroupSettings } from '../../../src/aws/group-settings.ts';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { createLaunchedReader } from '../../../src/aws/launched.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { idOf, sightIn } from '../../../src/ledger/rounds.ts';
import { arnOf, kind } from '../../../src/targets/kinds/elb/target.ts';
import { createFleets } from './fleets.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createGroupArns } from './ready/sdk.ts';
import { createElb } from './sdk.ts';
import { unitOf } from './unit.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, rounds, now }) => {
    const [autoscaling, balancing] = [connect(AutoScalingClient), connect(ElasticLoadBalancingV2Client)];
    const clients = {
      elb: createElb(balancing),
      fleets: createFleets(autoscaling),
      readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
      ledger,
    };
    const mechanism = createMechanism({
      ...clients,
      launched: createLaunchedReader(autoscaling),
      lastSight: createLastSight(rounds, kind.name, (round, target) =>
        sightIn(round, idOf(unitOf(arnOf(target)))),
      ),
      now,
    });
    const groupArns = createGroupArns(autoscaling);
    const groupSettings = createGroupSettings(balancing);
    return { ...mechanism, readiness: readinessWith({ ...clients, groupArns, groupSettings }) };
  });
}
