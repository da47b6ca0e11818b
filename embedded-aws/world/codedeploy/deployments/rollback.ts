import type { Deployment } from '../model.ts';
import { platformOf, type CodeDeployState } from '../state.ts';
import { lastGoodRevision } from '../status.ts';

/** Seconds from the end of a deployment to its rollback. AWS gives no figure. */
const ROLLBACK_AFTER_SECONDS: readonly [number, number] = [1, 4];

/**
 * Deploys the last known good revision as a new deployment. Never rolls back a rollback.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
 */
export function rollBack(state: CodeDeployState, deployment: Deployment): void {
  const { group, rollbackOf } = deployment;
  if (rollbackOf !== null) return;
  const revision = platformOf(state, group).rollbackRevision(deployment, lastGoodRevision(group));
  if (revision === null) {
    deployment.rollbackInfo = { rollbackMessage: 'There is no revision to roll back to.' };
    return;
  }
  const [min, max] = ROLLBACK_AFTER_SECONDS;
  state.surroundings.clock.after(state.chance.between(min, max) * 1000, () => {
    // Another deployment started first, and only one can run at a time.
    if (group.deployments.at(-1) !== deployment) return;
    deployment.rollbackInfo = { rollbackDeploymentId: deployment.deployBack(revision).id };
  });
}
