import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { CONSENT, consents } from '../../../../src/rollback/consent.ts';
import { toLocation, withTaskDefinition } from './app-spec.ts';
import type { Reads } from './clients.ts';
import type { CodeDeployment, Group } from './code-deploy.ts';
import type { Survey } from './survey.ts';

/** Whether CodeDeploy may be asked for a new deployment, and of what; or why not. */
export type Redeployment =
  | { readonly revision: RevisionLocation; readonly notes: readonly string[] }
  | { readonly revision: null; readonly reason: string };

/** An AppSpec file on S3 is the pipeline's, and CodeDeploy reads it only when it deploys (ADR 15). */
const NOT_LOOKED = 'whether its AppSpec file still lies on S3 was not looked at';

/**
 * What to deploy so that a task definition comes back: the revision that last deployed it, whose container and port were
 * right for it; else the AppSpec file at fault with the task definition changed.
 */
export async function redeploymentOf(
  taskDefinition: string,
  seen: Survey,
  atFault: CodeDeployment,
  { codeDeploy }: Pick<Reads, 'codeDeploy'>,
): Promise<Redeployment> {
  if (!consents(await codeDeploy.tags(arnOf(atFault, seen.service.arn))))
    return {
      revision: null,
      reason: `deployment group ${atFault.group} is not tagged ${CONSENT}`,
    };
  const before = await lastOf(taskDefinition, seen);
  const appSpec = await seen.appSpec(before ?? atFault);
  if (appSpec !== null)
    return { revision: toLocation(withTaskDefinition(appSpec, taskDefinition)), notes: [] };
  if (before !== null) return { revision: before.revision, notes: [NOT_LOOKED] };
  return { revision: null, reason: 'no AppSpec file is kept that could be deployed with it' };
}

async function lastOf(
  taskDefinition: string,
  { deployments, deployed }: Survey,
): Promise<CodeDeployment | null> {
  for (const one of deployments) {
    if (one.status === 'Succeeded' && (await deployed(one)) === taskDefinition) return one;
  }
  return null;
}

/** The group is in the service's own partition, account and Region. */
function arnOf({ application, group }: Group, serviceArn: string): string {
  const [, partition, , region, account] = serviceArn.split(':');
  return `arn:${partition ?? 'aws'}:codedeploy:${region ?? ''}:${account ?? ''}:deploymentgroup:${application}/${group}`;
}
