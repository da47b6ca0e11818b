import type {
  AddTagsInput,
  AddTagsOutput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  RemoveTagsOutput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../service.ts';
import { READ, WRITE } from './limits.ts';
import { readOnly } from './access.ts';
import { findListener, findLoadBalancer, findRule, findTargetGroup, tagsOf, type ElbState } from './state.ts';

export function tagOperations(state: ElbState) {
  return {
    AddTags: {
      bucket: WRITE,
      authorize: ({ ResourceArns }: AddTagsInput) =>
        (ResourceArns ?? []).map((resource) => ({
          action: 'elasticloadbalancing:AddTags',
          resource,
          tags: tagsOf(state, resource),
        })),
      run: ({ ResourceArns, Tags }: AddTagsInput): AddTagsOutput => {
        const [arn = '', another] = ResourceArns ?? [];
        // AWS answers so, although API_AddTags does not say it: https://github.com/aws/aws-sdk-go-v2/issues/2715
        if (another !== undefined)
          throw new AwsError('ValidationError', 'Only one resource can be tagged at a time');
        mustExist(state, arn);
        addTags(state, arn, Tags);
        return {};
      },
    },
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveTags.html
    RemoveTags: {
      bucket: WRITE,
      authorize: ({ ResourceArns = [] }: RemoveTagsInput) =>
        ResourceArns.map((resource) => ({
          action: 'elasticloadbalancing:RemoveTags',
          resource,
          tags: tagsOf(state, resource),
        })),
      run: ({ ResourceArns = [], TagKeys = [] }: RemoveTagsInput): RemoveTagsOutput => {
        for (const arn of ResourceArns) mustExist(state, arn);
        for (const arn of ResourceArns) for (const key of TagKeys) state.tags.get(arn)?.delete(key);
        return {};
      },
    },
    DescribeTags: {
      bucket: READ,
      authorize: readOnly('DescribeTags'),
      run: (input: DescribeTagsInput) => describe(state, input),
    },
  };
}

export function addTags(state: ElbState, arn: string, tags: readonly Tag[] | undefined): void {
  const known = state.tags.get(arn) ?? new Map<string, string>();
  for (const { Key = '', Value = '' } of tags ?? []) known.set(Key, Value);
  state.tags.set(arn, known);
}

/** "You can specify up to 20 resources in a single call" (API_DescribeTags). */
const MAX_RESOURCES_PER_CALL = 20;

/**
 * Describes tags. The error for too many resources is DescribeTargetGroups'; that of DescribeTags is not documented.
 */
function describe(state: ElbState, { ResourceArns = [] }: DescribeTagsInput): DescribeTagsOutput {
  if (ResourceArns.length > MAX_RESOURCES_PER_CALL)
    throw new AwsError(
      'ValidationError',
      `You cannot describe more than '${MAX_RESOURCES_PER_CALL}' resources at a time`,
    );
  return { TagDescriptions: ResourceArns.map((arn) => describeOne(state, arn)) };
}

function describeOne(state: ElbState, arn: string) {
  mustExist(state, arn);
  const tags = [...(state.tags.get(arn) ?? [])];
  return { ResourceArn: arn, Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}

function mustExist(state: ElbState, arn: string): void {
  if (arn.includes(':loadbalancer/')) findLoadBalancer(state, arn);
  else if (arn.includes(':listener-rule/')) findRule(state, arn);
  else if (arn.includes(':listener/')) findListener(state, arn);
  else findTargetGroup(state, arn);
}
