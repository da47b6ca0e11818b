import { paginateListAliases, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  paginateGetResources,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Alias } from './lambda.ts';
import { toAlias } from './words.ts';

/** Which aliases there are to look after. */
export interface Listing {
  /** Names of the functions that opted in by tag, only to be observed or more. */
  functions(): Promise<readonly string[]>;
  aliases(functionName: string): Promise<readonly NamedAlias[]>;
}

export interface NamedAlias extends Alias {
  readonly name: string;
}

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export function createListing(client: LambdaClient, tagging: ResourceGroupsTaggingAPIClient): Listing {
  return {
    functions: async () => {
      const found: string[] = [];
      const pages = paginateGetResources(
        { client: tagging },
        {
          ResourceTypeFilters: ['lambda:function'],
          TagFilters: [{ Key: 'lastgood', Values: ['auto', 'approve', 'observe'] }],
        },
      );
      for await (const { ResourceTagMappingList = [] } of pages)
        found.push(...ResourceTagMappingList.map(({ ResourceARN = '' }) => nameIn(ResourceARN)));
      return found;
    },
    aliases: async (functionName) => {
      const found: NamedAlias[] = [];
      for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName: functionName }))
        found.push(...Aliases.map((alias) => ({ ...toAlias(alias), name: alias.Name ?? '' })));
      return found;
    },
  };
}

function nameIn(functionArn: string): string {
  return functionArn.split(':')[6] ?? '';
}
