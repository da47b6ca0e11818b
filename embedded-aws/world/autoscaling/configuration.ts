import type {
  DesiredConfiguration,
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

export function runs({ template }: Instance, source: LaunchSource | null): boolean {
  return source !== null && template.id === source.id && template.version === source.version;
}

/** Returns the configuration as answers show it: with the version as saved. */
export function written({ template, mixed }: Configuration): DesiredConfiguration {
  if (mixed !== undefined) return { MixedInstancesPolicy: mixed };
  const { id, name, version } = template;
  return { LaunchTemplate: { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } };
}
