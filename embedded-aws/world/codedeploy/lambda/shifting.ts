import type { DeploymentTarget } from '@aws-sdk/client-codedeploy';
import { arn } from '../../aws.ts';
import type { Timer } from '../../clock.ts';
import { AwsError } from '../../service.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import type { Run } from '../run.ts';
import type { Shift } from './appspec.ts';
import { stepsOf } from './configs.ts';
import type { LambdaGround } from './ground.ts';

/**
 * Moves the alias's weight by the steps of the deployment configuration. A rollback moves all of it at once. Where Lambda
 * refuses, the deployment fails; the code is assumed among those of API_ErrorInformation. Unknown: lambda-shift-refused.
 */
export function startShift(
  { clock, aliases }: LambdaGround,
  shift: Shift,
  deployment: Deployment,
  desk: Desk,
): Run {
  const { functionName, alias, current, target } = shift;
  let weight = 0;
  let timer: Timer | null = null;
  const isBack = deployment.rollbackOf !== null;
  const steps = isBack ? stepsOf('CodeDeployDefault.LambdaAllAtOnce') : stepsOf(deployment.configName);

  const begin = (): void => {
    const found = aliases.get(functionName, alias);
    if (found === null || (!isBack && found.version !== current)) {
      desk.fail('INVALID_REVISION', `The alias ${alias} does not point to version ${current}.`);
      return;
    }
    step(0);
  };
  /** Returns why Lambda refuses the weight; null: the alias has it. */
  const move = (percent: number): string | null => {
    try {
      if (percent === 100) aliases.shift(functionName, alias, target, {});
      else aliases.shift(functionName, alias, current, { [target]: percent / 100 });
      weight = percent;
      return null;
    } catch (error) {
      if (error instanceof AwsError) return error.message;
      throw error;
    }
  };
  const step = (index: number): void => {
    const next = steps[index];
    if (next === undefined) {
      desk.succeed();
      return;
    }
    timer = clock.after(next.afterSeconds * 1000, () => {
      const refused = move(next.percent);
      if (refused === null) step(index + 1);
      else desk.fail('INVALID_LAMBDA_CONFIGURATION', refused);
    });
  };
  timer = clock.after(1000, begin);
  return {
    stop: () => timer?.cancel(),
    proceed: () => {
      throw invalid('UnsupportedActionForDeploymentTypeException', 'A deployment to Lambda has no waits.');
    },
    targets: () => [targetOf(shift, deployment, weight)],
    overview: () => null,
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_LambdaTarget.html */
function targetOf(
  { functionName, alias, current, target }: Shift,
  { id, status }: Deployment,
  weight: number,
): DeploymentTarget {
  const isOver = status === 'Succeeded' || status === 'Failed';
  return {
    deploymentTargetType: 'LambdaTarget',
    lambdaTarget: {
      deploymentId: id,
      targetId: functionName,
      targetArn: arn('lambda', `function:${functionName}`),
      status: isOver ? status : 'InProgress',
      lifecycleEvents: [],
      lambdaFunctionInfo: {
        functionName,
        functionAlias: alias,
        currentVersion: current,
        targetVersion: target,
        targetVersionWeight: weight,
      },
    },
  };
}
