import type {
  AddTagsInput,
  AddTagsOutput,
  DescribeTagsInput,
  DescribeTagsOutput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { READ, WRITE } from './limits.ts';
import { readOnly } from './load-balancers.ts';
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
        for (const arn of ResourceArns ?? []) mustExist(state, arn);
        for (const arn of ResourceArns ?? []) addTags(state, arn, Tags);
        return {};
      },
    },
    DescribeTags: {
      bucket: READ,
      authorize: readOnly('DescribeTags'),
      run: ({ ResourceArns }: DescribeTagsInput): DescribeTagsOutput => ({
        TagDescriptions: (ResourceArns ?? []).map((arn) => describeOne(state, arn)),
      }),
    },
  };
}

export function addTags(state: ElbState, arn: string, tags: readonly Tag[] | undefined): void {
  const known = state.tags.get(arn) ?? new Map<string, string>();
  for (const { Key = '', Value = '' } of tags ?? []) known.set(Key, Value);
  state.tags.set(arn, known);
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
