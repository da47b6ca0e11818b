import { invalid } from '../errors.ts';
import type { Group } from '../model.ts';
import type { Platform } from '../platform.ts';
import { readWanted, writeWanted } from './app-spec.ts';
import { BlueGreen } from './blue-green.ts';
import { serviceOf, type EcsGround } from './ground.ts';

/**
 * Creates the ECS platform: it starts a replacement task set behind the other of two target groups, and shifts traffic
 * to it. https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html
 */
export function ecsPlatform(ground: EcsGround): Platform {
  return {
    checkGroup: (group) => checkGroup(ground, group),
    checkDeployment: ({ revision }) => void readWanted(revision),
    start: (deployment, desk) => new BlueGreen(ground, deployment, desk).begin(),
    // While the original task set lives, a rollback returns to it, even if CodeDeploy never deployed it.
    rollbackRevision: ({ run, revision }, last) => {
      const blue = run instanceof BlueGreen ? run.original() : null;
      return blue === null
        ? last
        : writeWanted({ ...readWanted(revision), taskDefinition: blue.taskDefinition });
    },
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html names the errors. */
function checkGroup({ taskSets, targetGroupArn }: EcsGround, group: Group): void {
  const { settings } = group;
  if (settings.deploymentStyle?.deploymentType !== 'BLUE_GREEN')
    throw invalid('InvalidDeploymentStyleException', 'ECS deployments must be of the type BLUE_GREEN.');
  if (taskSets.taskSets(serviceOf(group)) === null)
    throw invalid(
      'InvalidECSServiceException',
      'The ECS service does not exist under the CODE_DEPLOY controller.',
    );
  const [pair] = settings.loadBalancerInfo?.targetGroupPairInfoList ?? [];
  const names = (pair?.targetGroups ?? []).map(({ name = '' }) => targetGroupArn(name));
  if (names.length !== 2 || names.includes(null) || pair?.prodTrafficRoute?.listenerArns === undefined)
    throw invalid(
      'InvalidTargetGroupPairException',
      'Two target groups and a production listener are needed.',
    );
}
