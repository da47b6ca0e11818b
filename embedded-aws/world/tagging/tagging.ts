import type {
  GetResourcesInput,
  GetResourcesOutput,
  TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { REGION } from '../aws.ts';
import type { AwsService, Caller } from '../service.ts';

/** A service's side: which of its resources have tags. */
export interface TaggedResources {
  tagged(): readonly { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[];
}

type Tagged = ReturnType<TaggedResources['tagged']>[number];

const MAX_PER_PAGE = 100;

/**
 * The Resource Groups Tagging API, over the services of the world that say what is tagged.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function createTagging(sources: () => readonly TaggedResources[]): AwsService {
  return {
    signingName: 'tagging',
    operations: {
      GetResources: {
        authorize: () => [{ action: 'tag:GetResources', resource: '*' }],
        run: (input: GetResourcesInput, { region = REGION }: Caller) => {
          const all = sources().flatMap((source) => source.tagged());
          return getResources(
            all.filter(({ arn }) => regionOf(arn) === region),
            input,
          );
        },
      },
    },
  };
}

/**
 * The API answers for one Region. Route 53, which has none in its ARNs, is a service of this one:
 * https://docs.aws.amazon.com/general/latest/gr/r53.html
 */
function regionOf(arn: string): string {
  return arn.split(':')[3] || 'us-east-1';
}

/**
 * A list of ARNs leaves out what is gone. Filters by tag are all met, by any of their values; one of the types is met. The
 * token is where the next page begins.
 */
function getResources(
  all: readonly Tagged[],
  {
    ResourceARNList,
    TagFilters = [],
    ResourceTypeFilters = [],
    PaginationToken = '',
    ResourcesPerPage = MAX_PER_PAGE,
  }: GetResourcesInput,
): GetResourcesOutput {
  const found = all.filter(
    (one) =>
      (ResourceARNList === undefined || ResourceARNList.includes(one.arn)) &&
      TagFilters.every((filter) => hasTag(one, filter)) &&
      (ResourceTypeFilters.length === 0 || ResourceTypeFilters.some((type) => isOfType(one, type))),
  );
  const from = Number(PaginationToken);
  const to = from + ResourcesPerPage;
  return {
    PaginationToken: to < found.length ? String(to) : '',
    ResourceTagMappingList: found.slice(from, to).map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

function hasTag({ tags }: Tagged, { Key = '', Values = [] }: TagFilter): boolean {
  const value = tags[Key];
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

/** `lambda`, or `lambda:function`: the service, and the first word of the resource. */
function isOfType({ arn }: Tagged, filter: string): boolean {
  const [, , service = '', , , resource = ''] = arn.split(':');
  const type = resource.split('/')[0] ?? '';
  return filter === service || filter === `${service}:${type}`;
}
