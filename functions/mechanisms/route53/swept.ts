import { Route53Client } from '@aws-sdk/client-route-53';
import { clientOptions } from '../../../src/aws/client.ts';
import { now } from '../../../src/lambda/now.ts';
import type { SweptKind } from '../../sweep/kind.ts';
import { createRoute53 } from './sdk.ts';
import { deployed, seen } from './sightings.ts';

/** What the sweep asks of weighted records. */
export function createSweptKind(): SweptKind {
  const route53 = createRoute53(new Route53Client(clientOptions));
  return {
    deployed: (sighting) => deployed(route53, sighting),
    seen: async ({ optedIn, entriesOf }) => seen({ route53, entriesOf, now }, await optedIn('global')),
  };
}
