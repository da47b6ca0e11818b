import type { CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import { applicationArn, configArn, groupArn } from '../codedeploy/names.ts';
import type { Access } from '../service.ts';
import type { Facts } from './facts.ts';

export function byConfiguration(input: CreateDeploymentInput, facts: Facts): readonly Access[] {
  const { applicationName = '', deploymentGroupName = '', deploymentConfigName } = input;
  const ofGroup = facts.deploymentGroup(applicationName, deploymentGroupName).deploymentConfigName;
  const config = deploymentConfigName ?? ofGroup ?? 'CodeDeployDefault.OneAtATime';
  return [{ action: 'codedeploy:GetDeploymentConfig', resource: configArn(config) }];
}

export function byRegistration(
  { applicationName = '', deploymentGroupName = '' }: CreateDeploymentInput,
  facts: Facts,
): readonly Access[] {
  const { applicationTags: tags } = facts.deploymentGroup(applicationName, deploymentGroupName);
  return [
    { action: 'codedeploy:RegisterApplicationRevision', resource: applicationArn(applicationName), tags },
  ];
}

/** Asks to update the group if the request overrides its alarms. */
export function byOverride(input: CreateDeploymentInput, facts: Facts): readonly Access[] {
  const { applicationName = '', deploymentGroupName = '', overrideAlarmConfiguration } = input;
  if (overrideAlarmConfiguration === undefined) return [];
  const { tags } = facts.deploymentGroup(applicationName, deploymentGroupName);
  const resource = groupArn(applicationName, deploymentGroupName);
  return [{ action: 'codedeploy:UpdateDeploymentGroup', resource, tags }];
}
