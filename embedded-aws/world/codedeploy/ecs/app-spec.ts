import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { invalid, notModelled } from '../errors.ts';

/** The target of a deployment to ECS. */
export interface Wanted {
  /** An ARN, or family and revision. */
  readonly taskDefinition: string;
  readonly containerName: string;
  readonly containerPort: number;
}

/** The parts of an AppSpec that a deployment here would drop. */
const NOT_MODELLED = ['Hooks', 'PlatformVersion', 'NetworkConfiguration', 'CapacityProviderStrategy'];

/**
 * Reads the AppSpec of a deployment to ECS, in JSON or YAML: its three required properties.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 * @throws AwsError InvalidRevisionException
 */
export function readWanted({ appSpecContent }: RevisionLocation): Wanted {
  const content = appSpecContent?.content ?? '';
  const dropped = NOT_MODELLED.filter((name) => propertyPattern(name).test(content));
  if (dropped.length > 0) throw notModelled(dropped);
  const wanted = {
    taskDefinition: propertyIn(content, 'TaskDefinition'),
    containerName: propertyIn(content, 'ContainerName'),
    containerPort: Number(propertyIn(content, 'ContainerPort')),
  };
  if (wanted.taskDefinition === '' || wanted.containerName === '' || !(wanted.containerPort > 0))
    throw invalid('InvalidRevisionException', 'The AppSpec file is missing a property of its service.');
  return wanted;
}

/** Returns the AppSpec that deploys a task definition. */
export function writeWanted({ taskDefinition, containerName, containerPort }: Wanted): RevisionLocation {
  const LoadBalancerInfo = { ContainerName: containerName, ContainerPort: containerPort };
  const Properties = { TaskDefinition: taskDefinition, LoadBalancerInfo };
  const Resources = [{ TargetService: { Type: 'AWS::ECS::Service', Properties } }];
  return {
    revisionType: 'AppSpecContent',
    appSpecContent: { content: JSON.stringify({ version: 0.0, Resources }) },
  };
}

function propertyIn(content: string, name: string): string {
  return propertyPattern(name).exec(content)?.[1] ?? '';
}

function propertyPattern(name: string): RegExp {
  return new RegExp(`(?<![\\w-])["']?${name}["']?\\s*:\\s*["']?([^\\s"',}]+)`);
}
