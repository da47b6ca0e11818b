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
import { createTargetGroup, openBalancer, putErrorAlarm } from './balancer.ts';
import { templatesOf, type Templates } from './templates.ts';

/** The group of the Auto Scaling stories: `web-fleet`, behind a load balancer, under live traffic. */
export const TARGET = 'asg:web-fleet';
const GROUP = 'web-fleet';

/** An alarm that turns a minute before the one that calls Lastgood; refreshes can be told to watch it. */
export const QUICK_ALARM = 'web-errors-quick';

const SOAK_MINUTES = 5;

export interface FleetOptions {
  readonly tags?: Readonly<Record<string, string>>;
  /** What the group is created with beside the usual. */
  readonly group?: Partial<CreateAutoScalingGroupType>;
  /** Which version the group names: its number, unless the story says otherwise. */
  readonly follows?: '$Latest' | '$Default';
  /** Versions take their image from this parameter, into which a release puts its own. */
  readonly parameter?: string;
  /** No instance refresh deploys the first version: the group is created with it. */
  readonly isRolled?: true;
  /** The group is also in a target group that no load balancer uses. */
  readonly hasSpare?: true;
  /** Waits until the first version is proven in the ledger; otherwise only until it runs. */
  readonly proven?: boolean;
}

export interface ReleaseOptions {
  /** `desired`: as the desired configuration of a refresh. `saved`: on the group first, as Terraform does. `both`. */
  readonly as?: 'desired' | 'saved' | 'both';
  readonly preferences?: RefreshPreferences;
}

/** What stories do with the fleet. */
export interface Fleet {
  /** Bakes an image, makes the next version of the launch template, and refreshes the instances to it. */
  release(behaviour?: Partial<Behaviour>, how?: ReleaseOptions): void;
  /** Makes the next version of the template with what another one says, and refreshes the instances to it. */
  releaseAgain(version: number, preferences?: RefreshPreferences): void;
  /** Refreshes the instances to a version that is there already. */
  deploy(version: string, preferences?: RefreshPreferences): void;
  /**
   * Updates the group as a stack does: a version on it, and the instances of other versions ended, so many at a time. No
   * refresh. With `batches`, the update ends after so many.
   */
  roll(version: string, batch?: number, batches?: number): Promise<void>;
  /** Bakes an image and makes the next version of the launch template; answers with its number. */
  version(behaviour?: Partial<Behaviour>): string;
  /** Image of a version, 1 being the first. */
  image(version: number): string;
  /** Waits until no refresh is going on. */
  refreshed(): Promise<void>;
  group(): AutoScalingGroup;
  /** The newest instance refresh. */
  refresh(): InstanceRefresh;
  call(operation: string, input: object): void;
}

/** Opens the fleet with its first version, its traffic and its alarm. */
export async function openFleet(stage: Stage, options: FleetOptions = {}): Promise<Fleet> {
  const { tags = {}, proven = true, follows, hasSpare = false, isRolled = false } = options;
  const balancer = openBalancer(stage);
  const templates = templatesOf(stage, options.parameter);
  const fleet = fleetOf(stage, templates, follows);
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
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
    ...options.group,
  });
  putErrorAlarm(stage, balancer, { name: 'web-errors', minutes: 2, target: TARGET });
  putErrorAlarm(stage, balancer, { name: QUICK_ALARM, minutes: 1 });
  await stage.minutes(3);
  if (!isRolled) refresh(stage, follows === undefined ? templates.choice('1') : undefined, {});
  await fleet.refreshed();
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return fleet;
}

function fleetOf(stage: Stage, templates: Templates, follows?: string): Fleet {
  const call: Fleet['call'] = (operation, input) =>
    void stage.call('autoscaling', operation, { AutoScalingGroupName: GROUP, ...input });
  return {
    call,
    image: (version) => templates.images[version - 1] ?? '',
    version: (behaviour = {}) => templates.next(behaviour),
    release: (behaviour = {}, { as = 'desired', preferences = {} } = {}) => {
      const version = templates.next(behaviour);
      const LaunchTemplate = templates.choice(version);
      if (as !== 'desired' && follows === undefined) call('UpdateAutoScalingGroup', { LaunchTemplate });
      refresh(stage, as === 'saved' ? undefined : LaunchTemplate, preferences);
      stage.journal.note(`version ${version} is deployed`);
    },
    releaseAgain: (version, preferences = {}) => {
      const again = templates.repeat(version);
      refresh(stage, templates.choice(again), preferences);
      stage.journal.note(`version ${again} says what version ${version} says, and is deployed`);
    },
    deploy: (version, preferences = {}) => {
      refresh(stage, templates.choice(version), preferences);
      stage.journal.note(`version ${version} is deployed again`);
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

/** One instance after the other would take long; half of them at a time, new ones first. */
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
 * CloudFormation's rolling update, with a pause after each batch for the new instances to boot. Only instances of another
 * version are replaced: its events call them obsolete.
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

/** Others may have ended it by then. */
function end(stage: Stage, InstanceId: string): void {
  const { Instances = [] } = groupOf(stage);
  if (!Instances.some((one) => one.InstanceId === InstanceId)) return;
  const input = { InstanceId, ShouldDecrementDesiredCapacity: false };
  stage.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', input);
}

/** Newest first. */
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

/** Null when the group names this version and every instance in service runs it; else what is so instead. */
export function wentTo(stage: Stage, version: string): string | null {
  const { Instances = [], LaunchTemplate } = groupOf(stage);
  const inService = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  const runs = new Set(inService.map((instance) => instance.LaunchTemplate?.Version));
  if (LaunchTemplate?.Version === version && runs.size === 1 && runs.has(version)) return null;
  return `the group names version ${LaunchTemplate?.Version ?? '?'} and runs ${[...runs].join(', ')}, not ${version}`;
}
