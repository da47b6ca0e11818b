import {
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  type CodeDeployClient,
} from '@aws-sdk/client-codedeploy';
import { isNamed } from '../../../../src/aws/errors.ts';
import type { Deployment, Group } from '../codedeploy.ts';
import { toDeployment, toGroup } from '../from-aws.ts';

/**
 * The most groups that one call reads: "The maximum number of names or IDs allowed for this request (100)"
 * (BatchLimitExceededException of API_BatchGetDeploymentGroups, CodeDeploy).
 */
export const MAX_GROUPS = 100;

/** The most deployments that one call reads (API_BatchGetDeployments, CodeDeploy). */
export const MAX_DEPLOYMENTS = 25;

/** Reads many at once, without those that CodeDeploy does not know. Each method is one call. */
export interface BatchReads {
  /** Reads MAX_GROUPS of an application at most. */
  groups(application: string, names: readonly string[]): Promise<readonly Group[]>;
  /** Reads MAX_DEPLOYMENTS at most. */
  deployments(ids: readonly string[]): Promise<readonly Deployment[]>;
}

export function createBatchReads(client: Pick<CodeDeployClient, 'send'>): BatchReads {
  return {
    groups: async (applicationName, names) => {
      const input = { applicationName, deploymentGroupNames: [...names] };
      try {
        const { deploymentGroupsInfo = [] } = await client.send(new BatchGetDeploymentGroupsCommand(input));
        return deploymentGroupsInfo.map(toGroup);
      } catch (error) {
        if (isNamed(error, 'ApplicationDoesNotExistException')) return [];
        throw error;
      }
    },
    deployments: async (ids) => {
      const command = new BatchGetDeploymentsCommand({ deploymentIds: [...ids] });
      const { deploymentsInfo = [] } = await client.send(command);
      return deploymentsInfo.map(toDeployment);
    },
  };
}
