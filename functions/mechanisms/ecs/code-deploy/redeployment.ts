import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { CONSENT, consents } from '../../../../src/rollback/consent.ts';
import { toLocation, withTaskDefinition } from './app-spec.ts';
import type { CodeDeployment } from './code-deploy.ts';
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
export function redeploymentOf(taskDefinition: string, seen: Survey, atFault: CodeDeployment): Redeployment {
  if (!consents(seen.groupTags))
    return { revision: null, reason: `deployment group ${atFault.group} is not tagged ${CONSENT}` };
  const before = seen.deployments.find(
    (one) => one.status === 'Succeeded' && seen.deployed(one) === taskDefinition,
  );
  const appSpec = seen.appSpec(before ?? atFault);
  if (appSpec !== null)
    return { revision: toLocation(withTaskDefinition(appSpec, taskDefinition)), notes: [] };
  if (before !== undefined) return { revision: before.revision, notes: [NOT_LOOKED] };
  return { revision: null, reason: 'CodeDeploy keeps no AppSpec file that could deploy it' };
}
