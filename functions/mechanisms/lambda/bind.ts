import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { idOf, sightIn } from '../../../src/ledger/rounds.ts';
import { aliasOf, kind } from '../../../src/targets/kinds/lambda/target.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createConcurrency } from './ready/sdk.ts';
import { unitOf } from './unit.ts';
import { createLambda } from './sdk.ts';
import { createShifts } from './shifts.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, rounds, now }) => {
    const client = connect(LambdaClient);
    const lambda = createLambda(client);
    const mechanism = createMechanism({
      lambda,
      readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
      shifts: createShifts(connect(CodeDeployClient)),
      ledger,
      lastSight: createLastSight(rounds, kind.name, (round, target) =>
        sightIn(round, idOf(unitOf(aliasOf(target).functionName))),
      ),
      now,
    });
    const concurrency = createConcurrency(client);
    return { ...mechanism, readiness: readinessWith({ lambda, concurrency, ledger }) };
  });
}
