import * as codedeploy from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { isRefusedDeployment } from '../../../src/aws/refused-deployment.ts';

const answer = (name: string) => Object.assign(new Error('no'), { name });

describe('a deployment that CodeDeploy refuses', () => {
  it.each([
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
  ])('has an error name of AWS: %s', (name) => {
    expect(codedeploy).toHaveProperty(name);
    expect(isRefusedDeployment(answer(name))).toBe(true);
  });

  it.each(['InvalidInputException', 'ThrottlingException', 'DeploymentLimitExceededException'])(
    'is none by %s',
    (name) => {
      expect(isRefusedDeployment(answer(name))).toBe(false);
    },
  );
});
