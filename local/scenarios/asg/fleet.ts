import type {
  AutoScalingGroup,
  AutoScalingGroupsType,
  CreateAutoScalingGroupType,
  DescribeInstanceRefreshesAnswer,
  Instance,
  InstanceRefresh,
  LaunchTemplateSpecification,
  RefreshPreferences,
} from '@aws-sdk/client-auto-scaling';
import type { CreateLaunchTemplateResult, RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Behaviour } from '../../world/seams.ts';
import type { Stage } from '../stage.ts';
import { openBalancer, putErrorAlarm } from './balancer.ts';

/** The group of the Auto Scaling stories: `web-fleet`, behind a load balancer, under live traffic. */
export const TARGET = 'asg:web-fleet';
const GROUP = 'web-fleet';

/** An alarm that turns a minute before the one that calls Lastgood; refreshes can be told to watch it. */
export const QUICK_ALARM = 'web-errors-quick';

/** What a good image does; an instance takes a while to boot. Faults are said as what differs from it. */
const GOOD: Behaviour = { startSeconds: 60, health: 'passes', errorRate: 0.0001, latency: 0.08 };
const SOAK_MINUTES = 5;

export interface FleetOptions {
  readonly tags?: Readonly<Record<string, string>>;
  /** What the group is created with beside the usual. */
  readonly group?: Partial<CreateAutoScalingGroupType>;
  /** Which version the group names: its number, unless the story says otherwise. */
  readonly follows?: '$Latest' | '$Default';
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
  /** Updates the group as a stack does: a version on it, and its instances ended one after the other. No refresh. */
  roll(version: string): Promise<void>;
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
  const { tags = {}, proven = true, follows } = options;
  const balancer = openBalancer(stage);
  const images: string[] = [bake(stage, 1, {})];
  const template = createTemplate(stage, dataOf(images[0]));
  const fleet = fleetOf(stage, images, template, follows);
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  fleet.call('CreateAutoScalingGroup', {
    MinSize: 2,
    MaxSize: 12,
    DesiredCapacity: 4,
    VPCZoneIdentifier: 'subnet-0a1b2c3d',
    TargetGroupARNs: [balancer.targetGroup],
    HealthCheckType: 'ELB',
    HealthCheckGracePeriod: 120,
    DefaultInstanceWarmup: 30,
    LaunchTemplate: { LaunchTemplateId: template, Version: follows ?? '1' },
    Tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: false })),
    ...options.group,
  });
  putErrorAlarm(stage, balancer, { name: 'web-errors', minutes: 2, target: TARGET });
  putErrorAlarm(stage, balancer, { name: QUICK_ALARM, minutes: 1 });
  await stage.minutes(3);
  refresh(stage, follows === undefined ? { LaunchTemplateId: template, Version: '1' } : undefined, {});
  await fleet.refreshed();
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return fleet;
}

function fleetOf(stage: Stage, images: string[], template: string, follows?: string): Fleet {
  const call: Fleet['call'] = (operation, input) =>
    void stage.call('autoscaling', operation, { AutoScalingGroupName: GROUP, ...input });
  return {
    call,
    image: (version) => images[version - 1] ?? '',
    release: (behaviour = {}, { as = 'desired', preferences = {} } = {}) => {
      images.push(bake(stage, images.length + 1, behaviour));
      stage.call('ec2', 'CreateLaunchTemplateVersion', {
        LaunchTemplateId: template,
        LaunchTemplateData: dataOf(images.at(-1)),
      });
      const LaunchTemplate = { LaunchTemplateId: template, Version: String(images.length) };
      if (as !== 'desired' && follows === undefined) call('UpdateAutoScalingGroup', { LaunchTemplate });
      refresh(stage, as === 'saved' ? undefined : LaunchTemplate, preferences);
      stage.journal.note(`version ${images.length} is deployed`);
    },
    releaseAgain: (version, preferences = {}) => {
      images.push(images[version - 1] ?? '');
      const LaunchTemplateData = dataOf(images.at(-1));
      stage.call('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateId: template, LaunchTemplateData });
      refresh(stage, { LaunchTemplateId: template, Version: String(images.length) }, preferences);
      stage.journal.note(`version ${images.length} says what version ${version} says, and is deployed`);
    },
    deploy: (version, preferences = {}) => {
      refresh(stage, { LaunchTemplateId: template, Version: version }, preferences);
      stage.journal.note(`version ${version} is deployed again`);
    },
    roll: (version) => roll(stage, { LaunchTemplateId: template, Version: version }),
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

function bake(stage: Stage, version: number, behaviour: Partial<Behaviour>): string {
  return stage.world.ec2.bake(`web-${version}`, { ...GOOD, ...behaviour });
}

/** A template as they are: with a role for its instances and tags for them. */
function dataOf(ImageId: string | undefined): RequestLaunchTemplateData {
  return {
    ImageId,
    InstanceType: 'm7g.large',
    IamInstanceProfile: { Name: 'web-fleet' },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'web' }] }],
  };
}

function createTemplate(stage: Stage, LaunchTemplateData: RequestLaunchTemplateData): string {
  const input = { LaunchTemplateName: 'web', LaunchTemplateData };
  const { LaunchTemplate } = stage.call<CreateLaunchTemplateResult>('ec2', 'CreateLaunchTemplate', input);
  return LaunchTemplate?.LaunchTemplateId ?? '';
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
 * CloudFormation's rolling update, with one instance a batch and a pause for it to boot.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html
 */
async function roll(stage: Stage, LaunchTemplate: LaunchTemplateSpecification): Promise<void> {
  stage.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: GROUP, LaunchTemplate });
  stage.journal.note(`a stack update puts version ${LaunchTemplate.Version ?? '?'} on the group`);
  const runsOther = ({ LaunchTemplate: of, LifecycleState }: Instance) =>
    of?.Version !== LaunchTemplate.Version && LifecycleState === 'InService';
  for (;;) {
    const { Instances = [] } = groupOf(stage);
    const InstanceId = Instances.find(runsOther)?.InstanceId;
    if (InstanceId === undefined) return;
    const input = { InstanceId, ShouldDecrementDesiredCapacity: false };
    stage.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', input);
    await stage.minutes(1.2);
  }
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
