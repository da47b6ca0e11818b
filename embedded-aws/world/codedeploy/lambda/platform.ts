import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { Platform } from '../platform.ts';
import { readShift, writeShift, type Shift } from './appspec.ts';
import type { LambdaGround } from './ground.ts';
import { startShift } from './shifting.ts';

/**
 * Creates the Lambda platform: it shifts an alias's traffic from one version to another.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-lambda.html
 */
export function lambdaPlatform(ground: LambdaGround): Platform {
  return {
    checkGroup: ({ settings }) => {
      if (settings.deploymentStyle?.deploymentType !== 'BLUE_GREEN')
        throw invalid(
          'InvalidDeploymentStyleException',
          'Lambda deployments must be of the type BLUE_GREEN.',
        );
    },
    checkDeployment: ({ revision }) => void readShift(revision),
    start: (deployment, desk) => startShift(ground, shiftOf(deployment), deployment, desk),
    // A rollback is the shift in the other direction, so it needs no earlier successful deployment. No page shows the
    // AppSpec of such a rollback.
    rollbackRevision: ({ revision }) => turned(readShift(revision)),
  };
}

function shiftOf({ revision }: Deployment): Shift {
  return readShift(revision);
}

function turned({ current, target, ...names }: Shift) {
  return writeShift({ ...names, current: target, target: current });
}
