import type {
  DesiredConfiguration,
  LaunchTemplateOverrides,
  LaunchTemplateSpecification,
  MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling';
import type { LaunchSource } from '../seams.ts';
import type { Configuration, Instance, Refresh, Group } from './model.ts';
import { invalid, type AutoScalingState } from './state.ts';

interface Given {
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined;
  readonly MixedInstancesPolicy?: MixedInstancesPolicy | undefined;
}

/** Returns the launch template of a request, alone or in a policy. */
export function specificationOf({ LaunchTemplate, MixedInstancesPolicy }: Given) {
  return MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? LaunchTemplate;
}

/** Returns the requested launch configuration, or null if the request has none. @throws AwsError ValidationError */
export function configurationOf(state: AutoScalingState, given: Given): Configuration | null {
  const mixed = given.MixedInstancesPolicy;
  const asked = specificationOf(given);
  if (asked === undefined) return null;
  const source = state.templates.source(asked, asked.Version);
  if (source === null)
    throw invalid(
      'You must use a valid fully-formed launch template. The specified launch template version does not exist.',
    );
  const template = { id: source.id, name: source.name, version: asked.Version ?? '$Default' };
  return { template, mixed };
}

export function isNumbered(version: string | undefined): boolean {
  return /^\d+$/.test(version ?? '');
}

/** Returns the launch source of a configuration at this instant. */
export function sourceOf(state: AutoScalingState, { template }: Configuration): LaunchSource | null {
  return state.templates.source({ LaunchTemplateId: template.id }, template.version);
}

/**
 * Returns the target of a refresh: the desired configuration or, without one, the group's. A rollback targets the
 * group's.
 */
export function goalOf(state: AutoScalingState, group: Group, refresh: Refresh): Configuration {
  if (refresh.status === 'RollbackInProgress') return group.configuration;
  return configurationOf(state, refresh.desired ?? {}) ?? group.configuration;
}

/**
 * Returns whether an instance matches a configuration: by its launch template and, where overrides name images, by the
 * image of its root volume.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
export function runs(
  { template, type, root }: Instance,
  goal: Configuration,
  source: LaunchSource | null,
): boolean {
  if (source === null || template.id !== source.id || template.version !== source.version) return false;
  const image = imageOf(goal, type);
  return image === undefined ? !root.isNamed : root.imageId === image;
}

/** Returns the image that the overrides name for an instance type. */
function imageOf({ mixed }: Configuration, type: string): string | undefined {
  return overridesOf({ mixed }).find(({ InstanceType }) => InstanceType === type)?.ImageId;
}

export function overridesOf({ mixed }: Pick<Configuration, 'mixed'>): readonly LaunchTemplateOverrides[] {
  return mixed?.LaunchTemplate?.Overrides ?? [];
}

/** Returns the configuration as answers show it: with the version as saved. */
export function written({ template, mixed }: Configuration): DesiredConfiguration {
  if (mixed !== undefined) return { MixedInstancesPolicy: mixed };
  const { id, name, version } = template;
  return { LaunchTemplate: { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } };
}
