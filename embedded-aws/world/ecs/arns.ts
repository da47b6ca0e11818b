import { arn } from '../aws.ts';

/**
 * Builds ARNs in the long format. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
 */
export const clusterArn = (cluster: string): string => arn('ecs', `cluster/${cluster}`);
export const serviceArn = (cluster: string, service: string): string =>
  arn('ecs', `service/${cluster}/${service}`);
export const taskArn = (cluster: string, id: string): string => arn('ecs', `task/${cluster}/${id}`);
export const containerArn = (cluster: string, task: string, id: string): string =>
  arn('ecs', `container/${cluster}/${task}/${id}`);
export const containerInstanceArn = (cluster: string, id: string): string =>
  arn('ecs', `container-instance/${cluster}/${id}`);
export const taskDefinitionArn = (family: string, revision: number | '*'): string =>
  arn('ecs', `task-definition/${family}:${revision}`);
export const serviceRevisionArn = (cluster: string, service: string, id: string): string =>
  arn('ecs', `service-revision/${cluster}/${service}/${id}`);
export const taskSetArn = (cluster: string, service: string, id: string): string =>
  arn('ecs', `task-set/${cluster}/${service}/${id}`);
export const serviceDeploymentArn = (cluster: string, service: string, id: string): string =>
  arn('ecs', `service-deployment/${cluster}/${service}/${id}`);

/** Returns the name at the end of an ARN; returns a name unchanged. */
export function lastPart(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1) ?? nameOrArn;
}

/** Returns cluster and service of a service, service deployment or service revision ARN; null for anything else. */
export function ownerOf(resourceArn: string): { readonly cluster: string; readonly service: string } | null {
  const match = /:(?:service|service-deployment|service-revision)\/([^/]+)\/([^/]+)/.exec(resourceArn);
  return match?.[1] !== undefined && match[2] !== undefined ? { cluster: match[1], service: match[2] } : null;
}
