import type { UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import { openFleet, QUICK_ALARM, TARGET, type Fleet, type FleetOptions } from '../asg/fleet.ts';
import { ARM, INTEL, openImageFleet, type ImageFleet } from '../asg/own-images.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** How a careful pipeline refreshes: AWS itself goes back if an alarm turns. */
const CAREFUL = { AutoRollback: true, AlarmSpecification: { Alarms: [QUICK_ALARM] } };

/** Minutes until a release is proven. */
const PROVEN_MINUTES = 9;

/** Opens the fleet with two releases that are both proven: version 1 is the way back of version 2. */
async function openProvenFleet(stage: Stage, options: FleetOptions = {}): Promise<Fleet> {
  const fleet = await openFleet(stage, options);
  // AWS refuses an automatic rollback where a parameter names the image.
  fleet.release({}, { preferences: options.parameter === undefined ? CAREFUL : {} });
  await fleet.refreshed();
  await stage.minutes(PROVEN_MINUTES);
  return fleet;
}

/** Refreshes to a third version with these preferences, and waits until it is proven. */
async function refreshWith(stage: Stage, fleet: Fleet, preferences: object): Promise<void> {
  fleet.release({}, { preferences });
  await fleet.refreshed();
  await stage.minutes(PROVEN_MINUTES);
}

function update(fleet: Fleet, change: Partial<UpdateAutoScalingGroupType>): void {
  fleet.call('UpdateAutoScalingGroup', change);
}

function suspend(fleet: Fleet, ...ScalingProcesses: readonly string[]): void {
  fleet.call('SuspendProcesses', { ScalingProcesses });
}

function templateOf(fleet: Fleet) {
  const { LaunchTemplateId } = fleet.group().LaunchTemplate ?? {};
  return { LaunchTemplateId };
}

const stories: readonly ReadinessStory<Fleet>[] = [
  {
    name: 'asg-healthy',
    shows: 'two proven versions with images of their own, refreshes that AWS watches: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) => (score === 100 && way?.to === 'web:1' ? null : JSON.stringify({ score, way })),
  },
  {
    name: 'asg-version-gone',
    shows: 'a tool deleted the version to go back to',
    spoil: (stage, fleet) => {
      stage.call('ec2', 'ModifyLaunchTemplate', { ...templateOf(fleet), DefaultVersion: '2' });
      stage.call('ec2', 'DeleteLaunchTemplateVersions', { ...templateOf(fleet), Versions: ['1'] });
    },
    finds: ['no-way-back', 'version-gone'],
    ready: 'no',
  },
  {
    name: 'asg-version-follows',
    shows: 'the group names $Latest: whatever version comes reaches its instances',
    spoil: (_, fleet) => update(fleet, { LaunchTemplate: { ...templateOf(fleet), Version: '$Latest' } }),
    finds: ['version-follows'],
    ready: 'yes',
  },
  {
    name: 'asg-image-deregistered',
    shows: 'the image of the version to go back to was deregistered',
    spoil: (stage, fleet) => stage.call('ec2', 'DeregisterImage', { ImageId: fleet.image(1) }),
    finds: ['no-way-back', 'image-gone'],
    ready: 'no',
  },
  {
    name: 'asg-image-disabled',
    shows: 'the image of the version to go back to was disabled: the cure enables it again',
    spoil: (stage, fleet) => stage.call('ec2', 'DisableImage', { ImageId: fleet.image(1) }),
    finds: ['no-way-back', 'image-gone'],
    ready: 'no',
    also: ({ findings }) =>
      findings.some(({ cure }) => cure.startsWith('Enable it again: aws ec2 enable-image'))
        ? null
        : JSON.stringify(findings),
  },
  {
    name: 'asg-image-of-running-gone',
    shows: 'the image of the running version was deregistered: the next release has no way back',
    spoil: (stage, fleet) => stage.call('ec2', 'DeregisterImage', { ImageId: fleet.image(2) }),
    finds: ['image-gone'],
    ready: 'yes',
  },
  {
    name: 'asg-suspended-health-check',
    shows: 'the process HealthCheck is suspended',
    spoil: (_, fleet) => suspend(fleet, 'HealthCheck'),
    finds: ['process-suspended'],
    ready: 'yes',
  },
  ...['AddToLoadBalancer', 'Terminate'].map((process): ReadinessStory<Fleet> => ({
    name: `asg-suspended-${process === 'Terminate' ? 'terminate' : 'balancer'}`,
    shows: `the process ${process} is suspended: the plan itself says so, once`,
    spoil: (_, fleet) => suspend(fleet, process),
    finds: ['no-way-back'],
    ready: 'no',
  })),
  {
    name: 'asg-suspended-scheduled',
    shows: 'a suspended process that no refresh needs is no finding',
    spoil: (_, fleet) => suspend(fleet, 'ScheduledActions'),
    finds: [],
    ready: 'yes',
  },
  {
    name: 'asg-checks-ignore-balancer',
    shows: 'the group is behind a load balancer, and only EC2 checks its instances',
    spoil: (_, fleet) => update(fleet, { HealthCheckType: 'EC2' }),
    finds: ['checks-ignore-balancer'],
    ready: 'yes',
  },
  {
    name: 'asg-grace-misfit',
    shows: 'the grace period ends before a target can be healthy',
    spoil: (_, fleet) => update(fleet, { HealthCheckGracePeriod: 5 }),
    finds: ['grace-misfit'],
    ready: 'yes',
  },
  {
    name: 'asg-refresh-takes-capacity',
    shows: 'the pipeline refreshes with a minimum of 50 percent',
    spoil: (stage, fleet) =>
      refreshWith(stage, fleet, { ...CAREFUL, MinHealthyPercentage: 50, MaxHealthyPercentage: 150 }),
    finds: ['refresh-takes-capacity'],
    ready: 'yes',
  },
  {
    name: 'asg-refresh-unwatched',
    shows: 'the pipeline refreshes without alarms and without automatic rollback',
    spoil: (stage, fleet) => refreshWith(stage, fleet, {}),
    finds: ['refresh-unwatched'],
    ready: 'yes',
  },
  {
    name: 'asg-drain-none',
    shows: 'the target group cuts the requests in flight of every target that leaves',
    spoil: (stage, fleet) => {
      const [TargetGroupArn] = fleet.group().TargetGroupARNs ?? [];
      const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }];
      stage.call('elb', 'ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    },
    finds: ['drain-none'],
    ready: 'yes',
  },
  {
    name: 'asg-not-permitted',
    shows: 'the organization denies instance refreshes to the role: the simulation shows it',
    attached: denying('asg', 'autoscaling:StartInstanceRefresh'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

/** Opens a fleet whose instance types have images of their own, with two releases that are both proven. */
async function openProvenImages(stage: Stage): Promise<ImageFleet> {
  const fleet = await openImageFleet(stage, { types: [ARM, INTEL] });
  fleet.deploy(fleet.bake(), { strategy: 'ReplaceRootVolume', preferences: CAREFUL });
  await fleet.refreshed();
  await stage.minutes(PROVEN_MINUTES);
  return fleet;
}

const ofImages: readonly ReadinessStory<ImageFleet>[] = [
  {
    name: 'asg-override-images',
    shows: 'instance types have images of their own, and refreshes replace root volumes: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ way }) => (/^web:1@ami-\w+\+ami-\w+$/.test(way?.to ?? '') ? null : JSON.stringify(way)),
  },
  {
    name: 'asg-override-image-deregistered',
    shows: 'the image of one instance type of the release to go back to was deregistered',
    spoil: (stage, fleet) => stage.call('ec2', 'DeregisterImage', { ImageId: fleet.first[INTEL] }),
    finds: ['no-way-back', 'image-gone'],
    ready: 'no',
  },
];

export const readinessAsg = [
  ...readinessStories(TARGET, openProvenImages, ofImages),
  ...readinessStories(TARGET, (stage) => openProvenFleet(stage), stories),
  ...readinessStories(TARGET, (stage) => openProvenFleet(stage, { parameter: '/web/ami' }), [
    {
      name: 'asg-image-by-parameter',
      shows: 'both versions take their image from one parameter, so going back would bring back no image',
      finds: ['no-way-back', 'image-by-parameter', 'image-by-parameter'],
      ready: 'no',
    },
  ]),
];
