import type { Need } from '../../../../src/readiness/examination.ts';
import type { Tags } from '../../../../src/rollback/plan.ts';
import { consentIn } from '../../../../src/readiness/consent.ts';
import type { GroupName } from '../../../../src/targets/kinds/codedeploy/target.ts';

/** Without a configuration of its own, a way back uses that of the group. */
const OF_LAMBDA = 'CodeDeployDefault.LambdaAllAtOnce';

/**
 * Returns what a way back writes. CreateDeployment needs the others too (API_CreateDeployment, AWS CodeDeploy).
 * @param prefix of CodeDeploy's ARNs in this account
 */
export function needsOf(
  prefix: string,
  { application, group }: GroupName,
  { tags, config }: { readonly tags: Tags; readonly config: string | null },
): readonly Need[] {
  return [
    {
      actions: ['codedeploy:CreateDeployment', 'codedeploy:UpdateDeploymentGroup'],
      resources: [`${prefix}:deploymentgroup:${application}/${group}`],
      context: consentIn(tags),
    },
    {
      actions: ['codedeploy:GetDeploymentConfig'],
      resources: [`${prefix}:deploymentconfig:${config ?? OF_LAMBDA}`],
    },
    {
      actions: ['codedeploy:RegisterApplicationRevision'],
      resources: [`${prefix}:application:${application}`],
    },
    // No resource-level permissions (Service Authorization Reference, AWS CodeDeploy).
    { actions: ['codedeploy:StopDeployment'], resources: ['*'] },
  ];
}
