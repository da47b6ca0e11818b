import type {
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  CreateAutoScalingGroupType,
  DeleteAutoScalingGroupType,
  Filter,
  SetDesiredCapacityType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../service.ts';
import { onGroup, reading } from '../access.ts';
import { isNumbered, specificationOf } from '../configuration.ts';
import { describeGroup } from '../describe.ts';
import { terminate } from '../instances.ts';
import { activeRefresh, type Group } from '../model.ts';
import { page } from '../paging.ts';
import { findGroup, getGroup, invalid, type AutoScalingState } from '../state.ts';
import { createGroup, resize, updateGroup } from './change-group.ts';

export function groupOperations(state: AutoScalingState) {
  return {
    CreateAutoScalingGroup: {
      authorize: (input: CreateAutoScalingGroupType) => [
        onGroup(state, 'CreateAutoScalingGroup', input.AutoScalingGroupName),
      ],
      run: (input: CreateAutoScalingGroupType) => {
        createGroup(state, input);
      },
    },
    UpdateAutoScalingGroup: {
      authorize: (input: UpdateAutoScalingGroupType) => [
        onGroup(state, 'UpdateAutoScalingGroup', input.AutoScalingGroupName, conditionsOf(input)),
      ],
      run: (input: UpdateAutoScalingGroupType) => {
        updateGroup(state, input);
      },
    },
    SetDesiredCapacity: {
      authorize: (input: SetDesiredCapacityType) => [
        onGroup(state, 'SetDesiredCapacity', input.AutoScalingGroupName),
      ],
      run: (input: SetDesiredCapacityType) => {
        setDesired(state, input);
      },
    },
    DeleteAutoScalingGroup: {
      authorize: (input: DeleteAutoScalingGroupType) => [
        onGroup(state, 'DeleteAutoScalingGroup', input.AutoScalingGroupName),
      ],
      run: (input: DeleteAutoScalingGroupType) => {
        remove(state, input);
      },
    },
    DescribeAutoScalingGroups: {
      authorize: reading('DescribeAutoScalingGroups'),
      run: (input: AutoScalingGroupNamesType) => describe(state, input),
    },
  };
}

/**
 * Returns the condition keys. Assumed, not documented: a policy of several instance types sets the version's key too.
 */
function conditionsOf(input: UpdateAutoScalingGroupType) {
  const { MinSize, MaxSize } = input;
  const launches = specificationOf(input);
  return {
    ...(MinSize !== undefined && { 'autoscaling:MinSize': String(MinSize) }),
    ...(MaxSize !== undefined && { 'autoscaling:MaxSize': String(MaxSize) }),
    ...(launches !== undefined && {
      'autoscaling:LaunchTemplateVersionSpecified': String(isNumbered(launches.Version)),
    }),
  };
}

function setDesired(state: AutoScalingState, input: SetDesiredCapacityType): void {
  const group = getGroup(state, input.AutoScalingGroupName);
  const { DesiredCapacity: wanted = group.desired } = input;
  if (wanted < group.min || wanted > group.max)
    throw invalid(`New SetDesiredCapacity value ${wanted} is out of bounds ${group.min} to ${group.max}.`);
  resize(state, group, { desired: wanted }, 'a user request explicitly set group desired capacity');
}

function remove(state: AutoScalingState, input: DeleteAutoScalingGroupType): void {
  const group = getGroup(state, input.AutoScalingGroupName);
  if (group.instances.length > 0 && input.ForceDelete !== true)
    throw new AwsError(
      'ResourceInUse',
      'You cannot delete an AutoScalingGroup while there are instances in it.',
    );
  if (activeRefresh(group) !== null && input.ForceDelete !== true)
    throw new AwsError('ScalingActivityInProgress', 'There are scaling activities in progress.');
  for (const instance of [...group.instances]) terminate(state, group, instance, 'the group was deleted');
  for (const { id } of group.instances) state.instances.delete(id);
  state.groups.delete(group.name);
}

/** Describes groups and omits those that do not exist. */
function describe(state: AutoScalingState, input: AutoScalingGroupNamesType): AutoScalingGroupsType {
  const { AutoScalingGroupNames: names, Filters = [] } = input;
  const named = names?.flatMap((name) => findGroup(state, name) ?? []) ?? [...state.groups.values()];
  const found = named.filter((group) => Filters.every((filter) => passes(group, filter)));
  const { items, token } = page(found, input, 100);
  return { AutoScalingGroups: items.map(describeGroup), ...token };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Filter.html */
function passes({ tags }: Group, { Name = '', Values = [] }: Filter): boolean {
  if (Name === 'tag-key') return Values.some((key) => tags.has(key));
  if (Name === 'tag-value') return [...tags.values()].some(({ value }) => Values.includes(value));
  if (Name.startsWith('tag:')) return Values.includes(tags.get(Name.slice(4))?.value ?? '');
  throw invalid(`Invalid filter name ${Name}`);
}
