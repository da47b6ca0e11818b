import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { CONSENT, consents } from '../../../../src/rollback/consent.ts';
import { toLocation, withTaskDefinition } from './app-spec.ts';
import type { Reads } from './clients.ts';
import type { CodeDeployment, Group } from './code-deploy.ts';
import type { Survey } from './survey.ts';

/** What CodeDeploy can deploy again, or why it cannot. */
export type Redeployment =
  | { readonly revision: RevisionLocation; readonly notes: readonly string[] }
  | { readonly revision: null; readonly reason: string };

/** An AppSpec file on S3 belongs to the pipeline, and CodeDeploy reads it only when it deploys (ADR 15). */
const NOT_LOOKED = 'Lastgood did not check whether its AppSpec file is still on S3';

/**
 * Returns what to deploy to restore a task definition: the revision that last deployed it, with the right container and
 * port. If there is none, it is the AppSpec file at fault with the other task definition.
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
  return { revision: null, reason: 'CodeDeploy keeps no AppSpec file that could deploy it' };
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

/** Returns the group's ARN, in the service's own partition, account and Region. */
function arnOf({ application, group }: Group, serviceArn: string): string {
  const [, partition, , region, account] = serviceArn.split(':');
  return `arn:${partition ?? 'aws'}:codedeploy:${region ?? ''}:${account ?? ''}:deploymentgroup:${application}/${group}`;
}
