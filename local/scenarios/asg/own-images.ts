import type {
  AutoScalingGroup,
  AutoScalingGroupsType,
  CreateAutoScalingGroupType,
  LaunchTemplateSpecification,
  MixedInstancesPolicy,
  RefreshPreferences,
  RefreshStrategy,
} from '@aws-sdk/client-auto-scaling';
import type { DescribeInstancesResult } from '@aws-sdk/client-ec2';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import { openFleet, type Fleet, type FleetOptions } from './fleet.ts';
import { completed } from './templates.ts';

/** Instance types of the two architectures. */
export const ARM = 'm7g.large';
export const INTEL = 'm7i.large';

/** Images by the instance types that boot from them. */
export type Images = Readonly<Record<string, string>>;

export interface ImageOptions {
  readonly strategy?: RefreshStrategy;
  readonly preferences?: RefreshPreferences;
  /** The launch template's version; the first by default. */
  readonly version?: string;
}

/** The fleet of the Auto Scaling scenarios, whose instance types have images of their own. */
export interface ImageFleet extends Pick<Fleet, 'call' | 'group' | 'refresh' | 'refreshed' | 'version'> {
  /** The images that were deployed first. */
  readonly first: Images;
  /** Bakes an image for each instance type, or for some. The others keep their first. */
  bake(behaviour?: Partial<Behaviour>, types?: readonly string[]): Images;
  /** Refreshes the instances to these images. */
  deploy(images: Images, options?: ImageOptions): void;
  /** Puts these images on the group, without a refresh. */
  put(images: Images): void;
}

const SOAK_MINUTES = 9;

export interface ImageFleetOptions extends Pick<FleetOptions, 'tags' | 'first' | 'putAlarms'> {
  /** Instance types that have an image each. */
  readonly types?: readonly string[];
  readonly group?: Partial<CreateAutoScalingGroupType>;
  /** Minutes that pass once the first images are in place; until they are proven unless the scenario says otherwise. */
  readonly settlesMinutes?: number;
}

/** Opens the fleet with its first images, which a refresh has deployed. They are proven. */
export async function openImageFleet(stage: Stage, options: ImageFleetOptions = {}): Promise<ImageFleet> {
  const { types = [ARM], first: firstBehaviour = {}, settlesMinutes = SOAK_MINUTES } = options;
  let baked = 0;
  const bakeOne = (type: string, behaviour: Partial<Behaviour> = {}) =>
    stage.world.ec2.bake(`own-${(baked += 1)}`, completed(behaviour), {
      architecture: type === ARM ? 'arm64' : 'x86_64',
    });
  const first = Object.fromEntries(types.map((type) => [type, bakeOne(type, firstBehaviour)]));
  const settings = (choice: (version: string) => LaunchTemplateSpecification) => ({
    ...options.group,
    LaunchTemplate: undefined,
    MixedInstancesPolicy: policyOf(choice('1'), first),
  });
  const fleet = await openFleet(stage, {
    ...options,
    ...{ isRolled: true, proven: false, group: settings },
  });
  const policyWith = (images: Images, Version = '1') => {
    const { LaunchTemplateId } = specificationOf(fleet.group());
    return policyOf({ LaunchTemplateId, Version }, images);
  };
  const refresh = (images: Images, { strategy = 'Rolling', preferences, version }: ImageOptions) => {
    fleet.call('StartInstanceRefresh', {
      Strategy: strategy,
      DesiredConfiguration: { MixedInstancesPolicy: policyWith(images, version) },
      Preferences: preferences ?? {},
    });
  };
  refresh(first, { strategy: 'ReplaceRootVolume', preferences: { MinHealthyPercentage: 50 } });
  await fleet.refreshed();
  await stage.minutes(settlesMinutes);
  return {
    ...fleet,
    first,
    bake: (behaviour, some = types) => ({
      ...first,
      ...Object.fromEntries(some.map((type) => [type, bakeOne(type, behaviour)])),
    }),
    deploy: (images, options = {}) => {
      refresh(images, options);
      stage.journal.release(`the images ${Object.values(images).join(' and ')} are deployed`);
    },
    put: (images) => {
      fleet.call('UpdateAutoScalingGroup', { MixedInstancesPolicy: policyWith(images) });
      stage.journal.note(`the images ${Object.values(images).join(' and ')} are put on the group`);
    },
  };
}

function policyOf(LaunchTemplateSpecification: object, images: Images): MixedInstancesPolicy {
  const Overrides = Object.entries(images).map(([type, ImageId]) => ({
    InstanceType: type as 'm7g.large',
    ImageId,
  }));
  return { LaunchTemplate: { LaunchTemplateSpecification, Overrides } };
}

function specificationOf({ MixedInstancesPolicy: policy }: AutoScalingGroup): LaunchTemplateSpecification {
  return policy?.LaunchTemplate?.LaunchTemplateSpecification ?? {};
}

/** Returns null if the group names these images, by their numbers, and all instances run them; or else the difference. */
export function runsBaked(stage: Stage, ...numbers: readonly number[]): string | null {
  const { AutoScalingGroups = [] } = stage.call<AutoScalingGroupsType>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    {},
  );
  const [{ MixedInstancesPolicy: policy, Instances = [] } = {}] = AutoScalingGroups;
  const own = Object.fromEntries(
    (policy?.LaunchTemplate?.Overrides ?? []).map(({ InstanceType = '', ImageId = '' }) => [
      InstanceType,
      ImageId,
    ]),
  );
  const wanted = numbers.map((number) => imageNumbered(stage, number)).toSorted();
  const named = Object.values(own).toSorted();
  if (named.join() !== wanted.join()) return `the group names ${named.join()}, not ${wanted.join()}`;
  const wrong = Instances.filter(
    ({ LifecycleState, InstanceType = '', ImageId }) =>
      LifecycleState === 'InService' && ImageId !== own[InstanceType],
  );
  return wrong.length === 0 ? null : `${wrong.length} instances run another image`;
}

/** Returns an image by its number, 1 being the first that was baked. */
export function imageNumbered(stage: Stage, number: number): string {
  const { Images = [] } = stage.call<{ Images?: readonly { Name?: string; ImageId?: string }[] }>(
    'ec2',
    'DescribeImages',
    {},
  );
  return Images.find(({ Name }) => Name === `own-${number}`)?.ImageId ?? `own-${number}`;
}

/** Returns null if no instance of the fleet ended, or else how many did. */
export function keptInstances(stage: Stage): string | null {
  const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web-fleet'] }];
  const { Reservations = [] } = stage.call<DescribeInstancesResult>('ec2', 'DescribeInstances', { Filters });
  const all = Reservations.flatMap(({ Instances = [] }) => Instances);
  const ended = all.filter(({ State }) => State?.Name !== 'running').length;
  return ended === 0 && all.length > 0 ? null : `${ended} of ${all.length} instances ended`;
}
