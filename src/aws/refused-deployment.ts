import { isNamed } from './errors.ts';

/**
 * What CreateDeployment of CodeDeploy answers where the application, its group, or what either names cannot be deployed to
 * (any more), whoever asks. Not among them: what only a malformed request of ours gets, and what passes.
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

/** Whether CreateDeployment refused for good: this rung is no way, another may be. */
export function isRefusedDeployment(error: unknown): error is Error {
  return isNamed(error, ...REFUSED_DEPLOYMENT);
}
