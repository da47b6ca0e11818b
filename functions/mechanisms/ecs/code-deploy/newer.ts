import type { Planned } from '../../../../src/rollback/document.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { CodeDeploy, CodeDeployment } from './code-deploy.ts';
import type { Memo } from './memo.ts';

/** The deployments of a group, as CodeDeploy lists them after the plan. */
export interface Since {
  /** Those created after the one at fault, newest first, without rollbacks of that one. */
  readonly newer: readonly CodeDeployment[];
  /** The one at fault; null: CodeDeploy no longer knows it. */
  readonly atFault: CodeDeployment | null;
  /** Returns any deployment. Reads only one that is not listed. */
  readonly deployment: CodeDeploy['deployment'];
}

export async function deploymentsSince(
  codeDeploy: Pick<CodeDeploy, 'deployment' | 'deployments'>,
  plan: Planned<Memo>['plan'],
): Promise<Since> {
  const { group, deployment: id, createdAt } = plan.memo;
  const listed = await codeDeploy.deployments(group);
  const deployment: CodeDeploy['deployment'] = async (wanted) =>
    listed.find((one) => one.id === wanted) ?? codeDeploy.deployment(wanted);
  return {
    newer: listed.filter(
      (one) => one.id !== id && one.rollbackOf !== id && isAfter(one.createdAt, createdAt),
    ),
    atFault: await deployment(id),
    deployment,
  };
}
