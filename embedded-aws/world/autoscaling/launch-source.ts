import type { LaunchTemplateOverrides } from '@aws-sdk/client-auto-scaling';
import type { Architecture, LaunchedImage, LaunchSource } from '../seams.ts';
import { overridesOf, sourceOf } from './configuration.ts';
import type { Configuration, Group } from './model.ts';
import type { AutoScalingState } from './state.ts';

/** A launch source, with the instance type and the image of an override. */
export interface Launching extends LaunchSource {
  /** An override names the image. */
  readonly isNamed: boolean;
}

/**
 * Returns what the next launch of a configuration uses. A departure from AWS: each instance type is launched as often as
 * the others, whatever the allocation strategy.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html
 */
export function sourceFor(
  state: AutoScalingState,
  { instances }: Group,
  configuration: Configuration,
): Launching | null {
  const source = sourceOf(state, configuration);
  if (source === null) return null;
  const count = ({ InstanceType }: LaunchTemplateOverrides) =>
    instances.filter(({ type, lifecycle }) => type === InstanceType && lifecycle !== 'Terminating').length;
  const [next] = overridesOf(configuration)
    .filter(({ InstanceType }) => InstanceType !== undefined)
    .toSorted((one, other) => count(one) - count(other));
  return {
    ...source,
    instanceType: next?.InstanceType ?? source.instanceType,
    imageId: next?.ImageId ?? source.imageId,
    isNamed: next?.ImageId !== undefined,
  };
}

/**
 * Returns why EC2 launches no instance of a type from an image of another architecture. Types with a Graviton processor
 * have a `g` after the number of their generation.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function refusalOfArchitecture(type: string, { architecture }: LaunchedImage): string | null {
  const own: Architecture = /^(a1|[a-z]+\d+g)/.test(type) ? 'arm64' : 'x86_64';
  if (architecture === undefined || architecture === own) return null;
  return `The architecture '${own}' of the specified instance type does not match the architecture '${architecture}' of the specified AMI. Launching EC2 instance failed.`;
}
