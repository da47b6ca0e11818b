import type {
  DesiredConfiguration,
  LaunchTemplateSpecification,
  MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling';
import type { Access } from '../service.ts';
import type { LaunchSource } from '../seams.ts';
import type { Configuration, Instance, Refresh, Group } from './model.ts';
import { invalid, type AutoScalingState } from './state.ts';

interface Given {
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined;
  readonly MixedInstancesPolicy?: MixedInstancesPolicy | undefined;
}

/** The launch template of a request, alone or in a policy. */
export function specificationOf({ LaunchTemplate, MixedInstancesPolicy }: Given) {
  return MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? LaunchTemplate;
}

/** What a request says about what to launch; null when it says nothing. @throws AwsError ValidationError */
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

/** What putting it on a group asks of IAM. Only a version given by its number is checked. */
export function accessesOf(state: AutoScalingState, given: Given): readonly Access[] {
  const asked = specificationOf(given);
  if (asked === undefined || !isNumbered(asked.Version)) return [];
  return state.templates.source(asked, asked.Version)?.accesses ?? [];
}

export function isNumbered(version: string | undefined): boolean {
  return /^\d+$/.test(version ?? '');
}

/** What a configuration launches now. */
export function sourceOf(state: AutoScalingState, { template }: Configuration): LaunchSource | null {
  return state.templates.source({ LaunchTemplateId: template.id }, template.version);
}

/** What a refresh deploys: what it was asked for, or what the group says; a rollback deploys what the group says. */
export function goalOf(state: AutoScalingState, group: Group, refresh: Refresh): Configuration {
  if (refresh.status === 'RollbackInProgress') return group.configuration;
  return configurationOf(state, refresh.desired ?? {}) ?? group.configuration;
}

export function runs({ template }: Instance, source: LaunchSource | null): boolean {
  return source !== null && template.id === source.id && template.version === source.version;
}

/** As it is answered: with the version as it was saved. */
export function written({ template, mixed }: Configuration): DesiredConfiguration {
  if (mixed !== undefined) return { MixedInstancesPolicy: mixed };
  const { id, name, version } = template;
  return { LaunchTemplate: { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } };
}
