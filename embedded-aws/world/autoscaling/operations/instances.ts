import type {
  ActivitiesType,
  AutoScalingInstancesType,
  DescribeAutoScalingInstancesType,
  DescribeScalingActivitiesType,
  EnterStandbyQuery,
  ExitStandbyQuery,
  SetInstanceProtectionQuery,
  TerminateInstanceInAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { onGroup, reading } from '../access.ts';
import { describeInstance } from '../describe.ts';
import { enterService, leaveTargetGroups, terminate } from '../instances.ts';
import type { Group, Instance } from '../model.ts';
import { page } from '../paging.ts';
import { getGroup, invalid, type AutoScalingState } from '../state.ts';

interface OnGroup {
  readonly AutoScalingGroupName: string | undefined;
}

export function instanceOperations(state: AutoScalingState) {
  const asking = (action: string) => (input: OnGroup) => [onGroup(state, action, input.AutoScalingGroupName)];
  return {
    SetInstanceProtection: {
      authorize: asking('SetInstanceProtection'),
      run: (input: SetInstanceProtectionQuery) => {
        for (const instance of named(getGroup(state, input.AutoScalingGroupName), input.InstanceIds))
          instance.isProtected = input.ProtectedFromScaleIn ?? false;
        return {};
      },
    },
    EnterStandby: {
      authorize: asking('EnterStandby'),
      run: (input: EnterStandbyQuery) => enterStandby(state, input),
    },
    ExitStandby: {
      authorize: asking('ExitStandby'),
      run: (input: ExitStandbyQuery) => {
        const group = getGroup(state, input.AutoScalingGroupName);
        for (const instance of named(group, input.InstanceIds)) {
          enterService(state, group, instance);
          group.desired++;
        }
        return {};
      },
    },
    TerminateInstanceInAutoScalingGroup: {
      authorize: ({ InstanceId = '' }: TerminateInstanceInAutoScalingGroupType) => [
        onGroup(state, 'TerminateInstanceInAutoScalingGroup', groupOf(state, InstanceId).name),
      ],
      run: (input: TerminateInstanceInAutoScalingGroupType) => terminateOne(state, input),
    },
    DescribeAutoScalingInstances: {
      authorize: reading('DescribeAutoScalingInstances'),
      run: (input: DescribeAutoScalingInstancesType) => describe(state, input),
    },
    DescribeScalingActivities: {
      authorize: reading('DescribeScalingActivities'),
      run: (input: DescribeScalingActivitiesType) => activities(state, input),
    },
  };
}

/** @throws AwsError ValidationError */
function named({ instances, name }: Group, ids: readonly string[] = []): readonly Instance[] {
  return ids.map((id) => {
    const found = instances.find((instance) => instance.id === id);
    if (found === undefined) throw invalid(`The instance ${id} is not part of Auto Scaling group ${name}.`);
    return found;
  });
}

/** @throws AwsError ValidationError */
function groupOf({ groups }: AutoScalingState, id: string): Group {
  const found = [...groups.values()].find(({ instances }) => instances.some((one) => one.id === id));
  if (found === undefined)
    throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
  return found;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html */
function terminateOne(state: AutoScalingState, input: TerminateInstanceInAutoScalingGroupType) {
  const { InstanceId = '', ShouldDecrementDesiredCapacity: isLess } = input;
  const group = groupOf(state, InstanceId);
  const [instance] = named(group, [InstanceId]);
  if (isLess === true && group.desired <= group.min)
    throw invalid(`AutoScalingGroup ${group.name} has min-size=${group.min}, and would go below it.`);
  if (instance !== undefined)
    terminate(state, group, instance, 'an instance was taken out of service in response to a user request');
  if (isLess === true) group.desired--;
  return {};
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-enter-exit-standby.html */
function enterStandby(state: AutoScalingState, input: EnterStandbyQuery) {
  const group = getGroup(state, input.AutoScalingGroupName);
  for (const instance of named(group, input.InstanceIds)) {
    if (instance.lifecycle !== 'InService') throw invalid(`The instance ${instance.id} is not in InService.`);
    if (input.ShouldDecrementDesiredCapacity === true && group.desired <= group.min)
      throw invalid(`AutoScalingGroup ${group.name} has min-size=${group.min}, and would go below it.`);
    instance.lifecycle = 'Standby';
    leaveTargetGroups(state, group, instance);
    if (input.ShouldDecrementDesiredCapacity === true) group.desired--;
  }
  return { Activities: [] };
}

function describe(
  { groups }: AutoScalingState,
  input: DescribeAutoScalingInstancesType,
): AutoScalingInstancesType {
  const { InstanceIds: ids } = input;
  const all = [...groups.values()].flatMap(({ name, instances }) =>
    instances.map((instance) => ({ ...describeInstance(instance), AutoScalingGroupName: name })),
  );
  const found = all.filter(({ InstanceId = '' }) => ids === undefined || ids.includes(InstanceId));
  const { items, token } = page(found, input, 50);
  return { AutoScalingInstances: items, ...token };
}

function activities(state: AutoScalingState, input: DescribeScalingActivitiesType): ActivitiesType {
  const group = getGroup(state, input.AutoScalingGroupName);
  const { items, token } = page(group.activities.toReversed(), input, 100);
  const Activities = items.map(({ id, at, description, cause, status, message }) => ({
    ActivityId: id,
    AutoScalingGroupName: group.name,
    Description: description,
    Cause: cause,
    StartTime: at,
    EndTime: at,
    StatusCode: status,
    StatusMessage: message,
    Progress: 100,
  }));
  return { Activities, ...token };
}
