import type {
  BatchGetDeploymentTargetsInput,
  BatchGetDeploymentTargetsOutput,
  DeploymentTarget,
  ListDeploymentTargetsInput,
  ListDeploymentTargetsOutput,
} from '@aws-sdk/client-codedeploy';
import type { Operation } from '../../service.ts';
import { onAll } from '../access.ts';
import { page } from '../answer.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import { findDeployment, type CodeDeployState } from '../state.ts';

/** The operations on a deployment's targets: instances, functions, task sets. */
export function targetOperations(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return {
    ListDeploymentTargets: {
      authorize: () => [onAll('ListDeploymentTargets')],
      run: (input: ListDeploymentTargetsInput): ListDeploymentTargetsOutput => {
        const {
          deploymentId,
          nextToken,
          targetFilters: { TargetStatus: statuses, ServerInstanceLabel: labels } = {},
        } = input;
        const found = targetsOf(findDeployment(state, deploymentId)).filter((target) => {
          const { status = 'Unknown' } = partOf(target);
          const { instanceLabel = 'Blue' } = target.instanceTarget ?? {};
          const hasStatus = statuses === undefined || statuses.includes(status);
          return hasStatus && (labels === undefined || labels.includes(instanceLabel));
        });
        const { items, token } = page(found.map(idOf), nextToken);
        return { targetIds: items, ...token };
      },
    },
    BatchGetDeploymentTargets: {
      authorize: () => [onAll('BatchGetDeploymentTargets')],
      run: (input: BatchGetDeploymentTargetsInput): BatchGetDeploymentTargetsOutput => {
        const { deploymentId, targetIds = [] } = input;
        const targets = targetsOf(findDeployment(state, deploymentId));
        return { deploymentTargets: targets.filter((target) => targetIds.includes(idOf(target))) };
      },
    },
  };
}

function targetsOf({ run }: Deployment): readonly DeploymentTarget[] {
  if (run === null)
    throw invalid('DeploymentNotStartedException', 'The specified deployment has not started.');
  return run.targets();
}

function partOf({ instanceTarget, lambdaTarget, ecsTarget }: DeploymentTarget) {
  return instanceTarget ?? lambdaTarget ?? ecsTarget ?? {};
}

function idOf(target: DeploymentTarget): string {
  return partOf(target).targetId ?? '';
}
