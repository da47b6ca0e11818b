import type {
  CreateOrUpdateTagsType,
  DeleteTagsType,
  DescribeTagsType,
  ScalingProcessQuery,
  TagsType,
} from '@aws-sdk/client-auto-scaling';
import { onGroup, reading } from '../access.ts';
import { describeTags } from '../describe.ts';
import { page } from '../paging.ts';
import { getGroup, type AutoScalingState } from '../state.ts';

const PROCESSES = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
];

/** The operations on tags and on a group's suspended processes. */
export function tagOperations(state: AutoScalingState) {
  return {
    CreateOrUpdateTags: {
      authorize: ({ Tags = [] }: CreateOrUpdateTagsType) =>
        Tags.map(({ ResourceId }) => onGroup(state, 'CreateOrUpdateTags', ResourceId)),
      run: ({ Tags = [] }: CreateOrUpdateTagsType) => {
        for (const { ResourceId, Key = '', Value = '', PropagateAtLaunch = false } of Tags)
          getGroup(state, ResourceId).tags.set(Key, { value: Value, propagate: PropagateAtLaunch });
      },
    },
    // A wrong value keeps the tag: https://docs.aws.amazon.com/autoscaling/ec2/userguide/delete-tag.html
    DeleteTags: {
      authorize: ({ Tags = [] }: DeleteTagsType) =>
        Tags.map(({ ResourceId }) => onGroup(state, 'DeleteTags', ResourceId)),
      run: ({ Tags = [] }: DeleteTagsType) => {
        for (const { ResourceId, Key = '', Value } of Tags) {
          const { tags } = getGroup(state, ResourceId);
          if (Value === undefined || tags.get(Key)?.value === Value) tags.delete(Key);
        }
      },
    },
    DescribeTags: {
      authorize: reading('DescribeTags'),
      run: (input: DescribeTagsType): TagsType => {
        const { items, token } = page([...state.groups.values()].flatMap(describeTags), input, 100);
        return { Tags: items, ...token };
      },
    },
    SuspendProcesses: {
      authorize: (input: ScalingProcessQuery) => [
        onGroup(state, 'SuspendProcesses', input.AutoScalingGroupName),
      ],
      run: (input: ScalingProcessQuery) => {
        const { suspended } = getGroup(state, input.AutoScalingGroupName);
        for (const process of input.ScalingProcesses ?? PROCESSES) suspended.add(process);
      },
    },
    ResumeProcesses: {
      authorize: (input: ScalingProcessQuery) => [
        onGroup(state, 'ResumeProcesses', input.AutoScalingGroupName),
      ],
      run: (input: ScalingProcessQuery) => {
        const { suspended } = getGroup(state, input.AutoScalingGroupName);
        for (const process of input.ScalingProcesses ?? PROCESSES) suspended.delete(process);
      },
    },
  };
}
