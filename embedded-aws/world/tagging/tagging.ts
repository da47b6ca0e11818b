import type {
  GetResourcesInput,
  GetResourcesOutput,
  TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { REGION } from '../aws.ts';
import { honouring, type AwsService, type Bucket, type Caller } from '../service.ts';

/** A service's interface: its tagged resources. */
export interface TaggedResources {
  tagged(): readonly { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[];
}

type Tagged = ReturnType<TaggedResources['tagged']>[number];

const MAX_PER_PAGE = 100;

/** Unknown: tagging-request-rate. The error is AWS's, the rate is assumed. */
const READS: Bucket = { name: 'tagging GetResources', burst: 15, perSecond: 15, error: 'ThrottledException' };

/**
 * Simulates the Resource Groups Tagging API, over every service that reports tagged resources.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function createTagging(sources: () => readonly TaggedResources[]): AwsService {
  return {
    signingName: 'tagging',
    honoured: honouring({
      GetResources: 'PaginationToken TagFilters ResourcesPerPage ResourceTypeFilters ResourceARNList',
    }),
    operations: {
      GetResources: {
        bucket: READS,
        authorize: () => [{ action: 'tag:GetResources', resource: '*' }],
        run: (input: GetResourcesInput, { region = REGION }: Caller) => {
          const all = sources().flatMap((source) => source.tagged());
          return getResources(all, region, input);
        },
      },
    },
  };
}

/**
 * Returns the Region of an ARN. The API answers for one Region. Route 53 has none in its ARNs and belongs to this one:
 * https://docs.aws.amazon.com/general/latest/gr/r53.html
 */
function regionOf(arn: string): string {
  return arn.split(':')[3] || 'us-east-1';
}

/**
 * Returns resources. A list of ARNs omits deleted ones. All tag filters must match, each by any of its values, and one
 * of the types must match. The token is the position of the next page.
 */
function getResources(
  all: readonly Tagged[],
  region: string,
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
      (ResourceTypeFilters.length === 0 || ResourceTypeFilters.some((type) => isOfType(one, type))) &&
      regionOf(one.arn) === region,
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

/**
 * Returns whether a resource matches `lambda` or `lambda:function`: the service, and the first word of the resource.
 */
function isOfType({ arn }: Tagged, filter: string): boolean {
  const [, , service = '', , , resource = ''] = arn.split(':');
  const type = resource.split('/')[0] ?? '';
  return filter === service || filter === `${service}:${type}`;
}
