import type { Access } from '../service.ts';
import { applicationArn, groupArn } from './names.ts';
import type { CodeDeployState } from './state.ts';

/*
 * The IAM checks of each operation.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html
 */

/** Checks an action without resource-level permissions. */
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

/** Checks a group and its tags. A group that does not exist has no tags, so a policy that requires one denies. */
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

/** Checks a deployment on its group. A deployment that does not exist has none. */
export function onDeployment({ deployments, ...state }: CodeDeployState, action: string, id = ''): Access {
  const group = deployments.get(id)?.group;
  return onGroup({ deployments, ...state }, action, {
    applicationName: group?.application.name,
    deploymentGroupName: group?.name,
  });
}
