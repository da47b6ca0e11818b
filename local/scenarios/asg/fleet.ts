import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type {
  AutoScalingGroup,
  AutoScalingGroupsType,
  CreateAutoScalingGroupType,
  DescribeInstanceRefreshesAnswer,
  InstanceRefresh,
  LaunchTemplateSpecification,
  RefreshPreferences,
} from '@aws-sdk/client-auto-scaling';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import { inBatches } from '../../../src/aws/batches.ts';
import { createTargetGroup, openBalancer, putErrorAlarm, type Balancer } from './balancer.ts';
import { templatesOf, type Templates } from './templates.ts';

/** The group of the Auto Scaling scenarios: `web-fleet`, behind a load balancer, under live traffic. */
export const TARGET = 'asg:web-fleet';
const GROUP = 'web-fleet';

/** An alarm that turns a minute before the one that calls Lastgood. Refreshes can watch it. */
export const QUICK_ALARM = 'web-errors-quick';

const SOAK_MINUTES = 5;

type GroupSettings = Partial<CreateAutoScalingGroupType>;

type Tags = Readonly<Record<string, string>>;

export interface FleetOptions {
  /** AWS tags of the group, which may name the load balancer's URL. */
  readonly tags?: Tags | ((balancer: Balancer) => Tags);
  /** Further settings of the group, perhaps with its launch template. */
  readonly group?: GroupSettings | ((choice: Templates['choice']) => GroupSettings);
  /** Version that the group names: a number, unless the scenario says otherwise. */
  readonly follows?: '$Latest' | '$Default';
  /** The parameter from which versions take their image. A release puts its own image into it. */
  readonly parameter?: string;
  /** Further data of every version of the launch template. */
  readonly launch?: RequestLaunchTemplateData;
  /** The group is created with its first version; no instance refresh deploys it. */
  readonly isRolled?: true;
  /** The group is also in a target group that no load balancer uses. */
  readonly hasSpare?: true;
  /** The first version; a good one unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** Puts these alarms in place of the usual two. */
  readonly putAlarms?: (stage: Stage, balancer: Balancer) => void;
  /** Waits until the first version is proven in the ledger; otherwise only until it runs. */
  readonly proven?: boolean;
}

export interface ReleaseOptions {
  /** `desired`: as the desired configuration of a refresh. `saved`: on the group first, as Terraform does. `both`. */
  readonly as?: 'desired' | 'saved' | 'both';
  readonly preferences?: RefreshPreferences;
  /** Other data of this version of the launch template. */
  readonly launch?: RequestLaunchTemplateData;
}

/** Actions of a scenario on the fleet. */
export interface Fleet {
  /** Bakes an image, makes the next version of the launch template, and refreshes the instances to it. */
  release(behaviour?: Partial<Behaviour>, how?: ReleaseOptions): void;
  /** Makes the next version of the template from an earlier one, and refreshes the instances to it. */
  releaseAgain(version: number, preferences?: RefreshPreferences): void;
  /** Refreshes the instances to an existing version. */
  deploy(version: string, preferences?: RefreshPreferences): void;
  /**
   * Updates the group as a stack does, without a refresh: puts a version on it, then ends the instances of other
   * versions, a batch at a time. Ends after `batches` of them, if given.
   */
  roll(version: string, batch?: number, batches?: number): Promise<void>;
  /** Bakes an image and makes the next version of the launch template. Returns its number. */
  version(behaviour?: Partial<Behaviour>): string;
  /** Makes the next version of the template from an earlier one. Returns its number. */
  repeat(version: number): string;
  /** Names a version, as a group or a refresh does. */
  choice(version: string): LaunchTemplateSpecification;
  /** Returns the image of a version, 1 being the first. */
  image(version: number): string;
  /** Waits until no refresh is in progress. */
  refreshed(): Promise<void>;
  group(): AutoScalingGroup;
  /** Returns the newest instance refresh. */
  refresh(): InstanceRefresh;
  call(operation: string, input: object): void;
}

/** Opens the fleet with its first version, its traffic and its alarm. */
export async function openFleet(stage: Stage, options: FleetOptions = {}): Promise<Fleet> {
  const { tags = {}, proven = true, follows, hasSpare = false, isRolled = false } = options;
  const balancer = openBalancer(stage);
  const templates = templatesOf(stage, options.parameter, options.launch, options.first);
  const fleet = fleetOf(stage, templates, follows);
  const own = typeof tags === 'function' ? tags(balancer) : tags;
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...own };
  fleet.call('CreateAutoScalingGroup', {
    MinSize: 2,
    MaxSize: 12,
    DesiredCapacity: 4,
    VPCZoneIdentifier: 'subnet-0a1b2c3d',
    TargetGroupARNs: [balancer.targetGroup, ...(hasSpare ? [createTargetGroup(stage, 'spare')] : [])],
    HealthCheckType: 'ELB',
    HealthCheckGracePeriod: 120,
    DefaultInstanceWarmup: 30,
    LaunchTemplate: templates.choice(follows ?? '1'),
    Tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: false })),
    ...(typeof options.group === 'function'
      ? options.group((version) => templates.choice(version))
      : options.group),
  });
  (options.putAlarms ?? putUsualAlarms)(stage, balancer);
  await stage.minutes(3);
  if (!isRolled) refresh(stage, follows === undefined ? templates.choice('1') : undefined, {});
  await fleet.refreshed();
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return fleet;
}

function putUsualAlarms(stage: Stage, balancer: Balancer): void {
  putErrorAlarm(stage, balancer, { name: 'web-errors', minutes: 2, target: TARGET });
  putErrorAlarm(stage, balancer, { name: QUICK_ALARM, minutes: 1 });
}

function fleetOf(stage: Stage, templates: Templates, follows?: string): Fleet {
  const call: Fleet['call'] = (operation, input) =>
    void stage.call('autoscaling', operation, { AutoScalingGroupName: GROUP, ...input });
  return {
    call,
    image: (version) => templates.images[version - 1] ?? '',
    version: (behaviour = {}) => templates.next(behaviour),
    repeat: (version) => templates.repeat(version),
    choice: (version) => templates.choice(version),
    release: (behaviour = {}, { as = 'desired', preferences = {}, launch } = {}) => {
      const version = templates.next(behaviour, launch);
      const LaunchTemplate = templates.choice(version);
      if (as !== 'desired' && follows === undefined) call('UpdateAutoScalingGroup', { LaunchTemplate });
      refresh(stage, as === 'saved' ? undefined : LaunchTemplate, preferences);
      stage.journal.release(`version ${version} is deployed`);
    },
    releaseAgain: (version, preferences = {}) => {
      const again = templates.repeat(version);
      refresh(stage, templates.choice(again), preferences);
      stage.journal.release(`version ${again} equals version ${version}, and is deployed`);
    },
    deploy: (version, preferences = {}) => {
      refresh(stage, templates.choice(version), preferences);
      stage.journal.release(`version ${version} is deployed again`);
    },
    roll: (version, batch = 1, batches = Infinity) => roll(stage, templates.choice(version), batch, batches),
    refreshed: () => stage.until('the instance refresh is over', () => !isRefreshing(stage)),
    group: () => groupOf(stage),
    refresh: () => refreshesOf(stage)[0] ?? {},
  };
}

function groupOf(stage: Stage): AutoScalingGroup {
  const { AutoScalingGroups = [] } = stage.call<AutoScalingGroupsType>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    {},
  );
  const [group] = AutoScalingGroups;
  if (group === undefined) throw new Error('the group is gone');
  return group;
}

/** Starts a refresh that replaces half of the instances at a time, new ones first. One at a time would take long. */
function refresh(
  stage: Stage,
  LaunchTemplate: LaunchTemplateSpecification | undefined,
  preferences: RefreshPreferences,
): void {
  stage.call('autoscaling', 'StartInstanceRefresh', {
    AutoScalingGroupName: GROUP,
    ...(LaunchTemplate !== undefined && { DesiredConfiguration: { LaunchTemplate } }),
    Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 150, ...preferences },
  });
}

/**
 * Updates as CloudFormation's rolling update does, with a pause after each batch for the new instances to boot.
 * Replaces only instances of another version, which its events call obsolete.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html
 */
async function roll(
  stage: Stage,
  LaunchTemplate: LaunchTemplateSpecification,
  batch: number,
  batches: number,
): Promise<void> {
  const { Instances = [] } = groupOf(stage);
  stage.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: GROUP, LaunchTemplate });
  stage.journal.note(`a stack update puts version ${LaunchTemplate.Version ?? '?'} on the group`);
  const obsolete = Instances.filter(
    (one) => one.LifecycleState === 'InService' && one.LaunchTemplate?.Version !== LaunchTemplate.Version,
  );
  for (const old of inBatches(obsolete, batch).slice(0, batches)) {
    for (const { InstanceId = '' } of old) end(stage, InstanceId);
    await stage.minutes(1.2);
  }
}

/** Ends an instance, unless something else has ended it by then. */
function end(stage: Stage, InstanceId: string): void {
  const { Instances = [] } = groupOf(stage);
  if (!Instances.some((one) => one.InstanceId === InstanceId)) return;
  const input = { InstanceId, ShouldDecrementDesiredCapacity: false };
  stage.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', input);
}

/** Returns the refreshes, newest first. */
function refreshesOf(stage: Stage): readonly InstanceRefresh[] {
  const { InstanceRefreshes = [] } = stage.call<DescribeInstanceRefreshesAnswer>(
    'autoscaling',
    'DescribeInstanceRefreshes',
    { AutoScalingGroupName: GROUP },
  );
  return InstanceRefreshes;
}

function isRefreshing(stage: Stage): boolean {
  return refreshesOf(stage).some(({ EndTime }) => EndTime === undefined);
}

/** Returns null if the group names this version and every instance in service runs it, or else the difference. */
export function wentTo(stage: Stage, version: string): string | null {
  const { Instances = [], LaunchTemplate } = groupOf(stage);
  const inService = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  const runs = new Set(inService.map((instance) => instance.LaunchTemplate?.Version));
  if (LaunchTemplate?.Version === version && runs.size === 1 && runs.has(version)) return null;
  return `the group names version ${LaunchTemplate?.Version ?? '?'} and runs ${[...runs].join(', ')}, not ${version}`;
}
