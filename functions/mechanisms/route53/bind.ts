import { Route53Client } from '@aws-sdk/client-route-53';
import { createTagging } from '../../../src/aws/opted-in.ts';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { kind, recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { clientsOf, createBalancers } from './balancers.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createRoute53 } from './sdk.ts';
import { sightInZone } from './unit.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, rounds, now }) => {
    const clients = {
      route53: createRoute53(connect(Route53Client)),
      zoneArn: (zone: string) => `${surroundings.setting('ZONES_ARN')}/${zone}`,
      ledger,
    };
    const mechanism = createMechanism({
      ...clients,
      balancers: createBalancers(clientsOf(connect)),
      readTags: createTagsReader(createTagging(connect).global),
      lastSight: createLastSight(rounds, kind.name, (round, target) =>
        sightInZone(round, recordOf(target).zone),
      ),
      now,
      region: surroundings.setting('AWS_REGION'),
    });
    return { ...mechanism, readiness: readinessWith(clients) };
  });
}
