import type { DeploymentStatus, RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Deployment, Group } from './model.ts';

const ENDED: readonly DeploymentStatus[] = ['Succeeded', 'Failed', 'Stopped'];

export function hasEnded({ status }: Deployment): boolean {
  return ENDED.includes(status);
}

/** Returns the group's last successful deployment, or null. */
export function lastSuccessful({ deployments }: Group): Deployment | null {
  return deployments.findLast(({ status }) => status === 'Succeeded') ?? null;
}

export function lastGoodRevision(group: Group): RevisionLocation | null {
  return lastSuccessful(group)?.revision ?? null;
}
