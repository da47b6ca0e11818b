import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { Route53Client } from '@aws-sdk/client-route-53';
import { clientOptions } from '../../../src/aws/client.ts';
import { now } from '../../../src/lambda/now.ts';
import type { SweptKind } from '../../sweep/kind.ts';
import { createRoute53 } from './sdk.ts';
import { deployed, seen } from './sightings.ts';

/** Route 53 is one service for all Regions, and its tags are kept in this one. */
const HOME = 'us-east-1';

/** What the sweep asks of weighted records. */
export function createSweptKind(): SweptKind {
  const route53 = createRoute53(new Route53Client(clientOptions));
  const tagging = new ResourceGroupsTaggingAPIClient({ ...clientOptions, region: HOME });
  const zones = () => optedIn(tagging);
  return {
    deployed: (sighting) => deployed(route53, sighting),
    seen: (entriesOf) => seen({ route53, entriesOf, zones, now }),
  };
}

/**
 * Ids of the hosted zones that have our tag.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
async function optedIn(client: Pick<ResourceGroupsTaggingAPIClient, 'send'>): Promise<readonly string[]> {
  const zones: string[] = [];
  let token = '';
  do {
    const { ResourceTagMappingList = [], PaginationToken = '' } = await client.send(
      new GetResourcesCommand({
        ResourceTypeFilters: ['route53:hostedzone'],
        TagFilters: [{ Key: 'lastgood', Values: ['auto', 'approve', 'observe'] }],
        ...(token !== '' && { PaginationToken: token }),
      }),
    );
    zones.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN?.split('/')[1] ?? []));
    token = PaginationToken;
  } while (token !== '');
  return zones;
}
