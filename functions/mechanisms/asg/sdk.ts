import {
  CancelInstanceRefreshCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
  RollbackInstanceRefreshCommand,
  StartInstanceRefreshCommand,
  UpdateAutoScalingGroupCommand,
  type Activity,
  type AutoScalingClient,
  type DesiredConfiguration,
  type RefreshPreferences,
} from '@aws-sdk/client-auto-scaling';
import { MAX_GROUPS, type AutoScaling, type Goal, type Group } from './autoscaling.ts';
import { toGroup, toRefresh } from './from-aws.ts';
import { overridesFor } from './overrides.ts';

/** The newest launch is among the last activities. */
const MAX_ACTIVITIES = 20;

type Writes = Pick<AutoScaling, 'rollBack' | 'cancel' | 'put' | 'refresh'>;

/** Binds the calls to a client. */
export function createAutoScaling(client: AutoScalingClient): AutoScaling {
  return { ...readsOf(client), ...writesOf(client) };
}

function readsOf(client: AutoScalingClient): Omit<AutoScaling, keyof Writes> {
  return {
    group: async (name) => {
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
      const { AutoScalingGroups = [] } = await client.send(command);
      return AutoScalingGroups[0] === undefined ? null : toGroup(AutoScalingGroups[0]);
    },

    // Sorted by creation, descending: API_DescribeInstanceRefreshes, Amazon EC2 Auto Scaling. One page has a hundred
    // refreshes, which is enough.
    refreshes: async (name) => {
      const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name, MaxRecords: 100 });
      const { InstanceRefreshes = [] } = await client.send(command);
      return InstanceRefreshes.map(toRefresh);
    },

    // Activities in progress come before those that ended: API_DescribeScalingActivities, Amazon EC2 Auto Scaling.
    refusedLaunch: async (name, since) => {
      const command = new DescribeScalingActivitiesCommand({
        AutoScalingGroupName: name,
        MaxRecords: MAX_ACTIVITIES,
      });
      const { Activities = [] } = await client.send(command);
      const [newest] = Activities.filter(({ Description = '' }) =>
        Description.startsWith('Launching'),
      ).toSorted((one, other) => startOf(other) - startOf(one));
      if (newest?.StatusCode !== 'Failed' || startOf(newest) < Date.parse(since)) return null;
      return newest.StatusMessage ?? null;
    },

    // Accepts more than 50 names only with MaxRecords: API_DescribeAutoScalingGroups, Amazon EC2 Auto Scaling.
    groups: async (names) => {
      const input = { AutoScalingGroupNames: [...names], MaxRecords: MAX_GROUPS };
      const { AutoScalingGroups = [] } = await client.send(new DescribeAutoScalingGroupsCommand(input));
      return AutoScalingGroups.map(toGroup);
    },
  };
}

function startOf({ StartTime }: Activity): number {
  return StartTime?.getTime() ?? 0;
}

function writesOf(client: AutoScalingClient): Writes {
  return {
    rollBack: async (name) => {
      await client.send(new RollbackInstanceRefreshCommand({ AutoScalingGroupName: name }));
    },

    // Does not wait for instances that launch or end now: the new refresh replaces them.
    cancel: async (name) => {
      const input = { AutoScalingGroupName: name, WaitForTransitioningInstances: false };
      await client.send(new CancelInstanceRefreshCommand(input));
    },

    put: async (group, to) => {
      const input = { AutoScalingGroupName: group.name, ...configurationOf(group, to) };
      await client.send(new UpdateAutoScalingGroupCommand(input));
    },

    refresh: async (group, to) => {
      const command = new StartInstanceRefreshCommand({
        AutoScalingGroupName: group.name,
        Strategy: to.rootsKeeping === undefined ? 'Rolling' : 'ReplaceRootVolume',
        DesiredConfiguration: configurationOf(group, to),
        Preferences:
          to.rootsKeeping === undefined ? preferencesOf(group, to) : preferencesOfRoots(to.rootsKeeping),
      });
      return (await client.send(command)).InstanceRefreshId ?? '';
    },
  };
}

/** Returns the group's own configuration with another version, and with the images of that. */
function configurationOf({ policy }: Group, to: Goal): DesiredConfiguration {
  const LaunchTemplate = { LaunchTemplateId: to.template, Version: to.version };
  if (policy === null) return { LaunchTemplate };
  const launch = {
    ...policy.LaunchTemplate,
    LaunchTemplateSpecification: LaunchTemplate,
    ...(policy.LaunchTemplate?.Overrides !== undefined && { Overrides: overridesFor(policy, to) }),
  };
  return { MixedInstancesPolicy: { ...policy, LaunchTemplate: launch } };
}

/**
 * Launches new instances first, up to twice as many, so that good ones serve before bad ones end. Without a highest
 * percentage AWS ends an instance while it launches the next one. Protection from scale in does not keep bad instances.
 * An instance in standby stays with the operator who put it there.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
function preferencesOf({ mostPercent, instances }: Group, { imageOf }: Goal): RefreshPreferences {
  // Whether an instance with an image of its own matches a configuration without one is not documented.
  const isUnlike =
    imageOf === undefined && instances.some(({ revision }) => revision?.includes('@') === true);
  return {
    MinHealthyPercentage: 100,
    MaxHealthyPercentage: mostPercent ?? 200,
    SkipMatching: !isUnlike,
    AutoRollback: false,
    ScaleInProtectedInstances: 'Refresh',
    StandbyInstances: 'Ignore',
  };
}

/** Replaces as many root volumes at once as the refresh at fault did. No instance is launched for that. */
function preferencesOfRoots(MinHealthyPercentage: number): RefreshPreferences {
  return {
    MinHealthyPercentage,
    SkipMatching: true,
    AutoRollback: false,
    ScaleInProtectedInstances: 'Refresh',
    StandbyInstances: 'Ignore',
  };
}
