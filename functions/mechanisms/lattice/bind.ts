import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { createLaunchedReader } from '../../../src/aws/launched.ts';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { idOf, sightIn } from '../../../src/ledger/rounds.ts';
import { kind } from '../../../src/targets/kinds/lattice/target.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createChecks } from './ready/sdk.ts';
import { createLattice } from './sdk.ts';
import { unitOf } from './unit.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, rounds, now }) => {
    const client = connect(VPCLatticeClient);
    const lattice = createLattice(client);
    const mechanism = createMechanism({
      lattice,
      launched: createLaunchedReader(connect(AutoScalingClient)),
      readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
      lastSight: createLastSight(rounds, kind.name, (round, target) =>
        sightIn(round, idOf(unitOf(target.slice(target.indexOf(':') + 1)))),
      ),
      ledger,
      now,
    });
    const checks = createChecks(client);
    return { ...mechanism, readiness: readinessWith({ lattice, checks, ledger }) };
  });
}
