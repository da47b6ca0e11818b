import type { Planned } from '../../../../src/rollback/document.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { CodeDeploy, CodeDeployment } from './code-deploy.ts';
import type { Memo } from './memo.ts';

/** Lists the deployments created after the one at fault, newest first, without rollbacks of that one. */
export async function newerDeployments(
  codeDeploy: Pick<CodeDeploy, 'deployments'>,
  plan: Planned<Memo>['plan'],
): Promise<readonly CodeDeployment[]> {
  const { group, deployment, createdAt } = plan.memo;
  const deployments = await codeDeploy.deployments(group);
  return deployments.filter(
    (one) => one.id !== deployment && one.rollbackOf !== deployment && isAfter(one.createdAt, createdAt),
  );
}
