import { emitDeployment } from '../events.ts';
import { stepMilliseconds, stepsOf } from '../growth.ts';
import type { Deployment } from '../model.ts';
import { now, type AppConfigState } from '../state.ts';
import { note } from './log.ts';

/**
 * Grows a deployment to 100 %, bakes it, and completes it. Validators are not modelled, so it begins as DEPLOYING.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy.html
 */
export function roll(state: AppConfigState, deployment: Deployment): void {
  note(state, deployment, 'DEPLOYMENT_STARTED', 'USER', 'Deployment started');
  emitDeployment(state, deployment, 'Start');
  const { strategy } = deployment;
  const steps = stepsOf(strategy);
  const { clock } = state.surroundings;
  const step = (index: number): void => {
    if (deployment.state !== 'DEPLOYING') return;
    const percent = steps[index] ?? 100;
    deployment.percent = percent;
    note(
      state,
      deployment,
      'PERCENTAGE_UPDATED',
      'APPCONFIG',
      `Configuration available to ${percent}% of clients`,
    );
    emitDeployment(state, deployment, 'Step');
    const next = percent === 100 ? () => bake(state, deployment) : () => step(index + 1);
    // A strategy of one step still takes its duration.
    const wait = percent < 100 || steps.length === 1 ? stepMilliseconds(strategy) : 0;
    if (wait > 0) clock.after(wait, next);
    else next();
  };
  step(0);
}

function bake(state: AppConfigState, deployment: Deployment): void {
  if (deployment.state !== 'DEPLOYING') return;
  const { bakeMinutes } = deployment.strategy;
  if (bakeMinutes === 0) {
    complete(state, deployment);
    return;
  }
  deployment.state = 'BAKING';
  note(state, deployment, 'BAKE_TIME_STARTED', 'APPCONFIG', `Deployment bake time started`);
  emitDeployment(state, deployment, 'Baking');
  state.surroundings.clock.after(bakeMinutes * 60_000, () => complete(state, deployment));
}

function complete(state: AppConfigState, deployment: Deployment): void {
  if (deployment.state !== 'BAKING' && deployment.state !== 'DEPLOYING') return;
  deployment.state = 'COMPLETE';
  deployment.completedAt = now(state);
  note(state, deployment, 'DEPLOYMENT_COMPLETED', 'APPCONFIG', 'Deployment completed');
  emitDeployment(state, deployment, 'Complete');
}
