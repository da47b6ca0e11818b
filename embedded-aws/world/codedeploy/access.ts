import type { Access } from '../service.ts';
import { applicationArn, groupArn } from './names.ts';
import type { CodeDeployState } from './state.ts';

/*
 * Which questions an operation asks of IAM.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html
 */

/** An action without resource-level permissions. */
export function onAll(action: string): Access {
  return { action: `codedeploy:${action}`, resource: '*' };
}

export function onApplication({ applications }: CodeDeployState, action: string, name = ''): Access {
  return {
    action: `codedeploy:${action}`,
    resource: applicationArn(name),
    tags: applications.get(name)?.tags ?? {},
  };
}

/** A group that does not exist has no tags, so that a policy which asks for one denies. */
export function onGroup(
  { applications }: CodeDeployState,
  action: string,
  { applicationName = '', deploymentGroupName = '' }: GroupNames,
): Access {
  return {
    action: `codedeploy:${action}`,
    resource: groupArn(applicationName, deploymentGroupName),
    tags: applications.get(applicationName)?.groups.get(deploymentGroupName)?.tags ?? {},
  };
}

interface GroupNames {
  readonly applicationName?: string | undefined;
  readonly deploymentGroupName?: string | undefined;
}

/** Deployments are authorised on their group. One that does not exist belongs to none. */
export function onDeployment({ deployments, ...state }: CodeDeployState, action: string, id = ''): Access {
  const group = deployments.get(id)?.group;
  return onGroup({ deployments, ...state }, action, {
    applicationName: group?.application.name,
    deploymentGroupName: group?.name,
  });
}
