import { isNamed } from './errors.ts';

/**
 * The errors of CodeDeploy's CreateDeployment if a deployment to the application or its group is not possible, or not
 * any more. Leaves out the errors of a malformed request, and those for which a retry may succeed.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html#API_CreateDeployment_Errors
 */
export const REFUSED_DEPLOYMENT = [
  'ApplicationDoesNotExistException',
  'DeploymentConfigDoesNotExistException',
  'DeploymentGroupDoesNotExistException',
  'InvalidAutoScalingGroupException',
  'InvalidECSServiceException',
  'InvalidGitHubAccountTokenException',
  'InvalidLoadBalancerInfoException',
  'InvalidRevisionException',
  'InvalidRoleException',
  'InvalidTargetInstancesException',
  'InvalidTrafficRoutingConfigurationException',
  'RevisionDoesNotExistException',
] as const;

/** Says whether CreateDeployment refused for good. Then this rung fails, and another may succeed. */
export function isRefusedDeployment(error: unknown): error is Error {
  return isNamed(error, ...REFUSED_DEPLOYMENT);
}
