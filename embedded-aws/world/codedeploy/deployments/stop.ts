import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { CodeDeployState } from '../state.ts';
import { hasEnded } from '../status.ts';
import { end } from './end.ts';

/**
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html
 * @throws AwsError DeploymentAlreadyCompletedException
 */
export function stop(state: CodeDeployState, deployment: Deployment, rollBack: boolean | undefined): void {
  if (hasEnded(deployment)) {
    throw invalid(
      'DeploymentAlreadyCompletedException',
      `Deployment ${deployment.id} has already completed with status ${deployment.status}`,
    );
  }
  const [min, max] = state.stoppedAfterSeconds;
  state.surroundings.clock.after(state.chance.between(min, max) * 1000, () => {
    if (hasEnded(deployment)) return;
    const message = 'Deployment manually stopped by user';
    end(state, deployment, { status: 'Stopped', error: { code: 'MANUAL_STOP', message }, rollBack });
  });
}
