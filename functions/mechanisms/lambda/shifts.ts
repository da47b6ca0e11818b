import {
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  paginateListDeployments,
  ListDeploymentTargetsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  type DeploymentStatus,
} from '@aws-sdk/client-codedeploy';
import { inBatches } from '../../../src/aws/batches.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import type { AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/** Reads CodeDeploy's shifts of aliases. */
export interface Shifts {
  /** Returns the deployment that is shifting an alias now; null: there is none. */
  of(name: AliasName): Promise<Shift | null>;
}

export interface Shift {
  readonly deployment: string;
  /** `codedeploy:shop/checkout` */
  readonly target: string;
}

const UNDER_WAY: DeploymentStatus[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];

/** The limit of one BatchGetDeployments. */
const MAX_BATCH = 25;

/**
 * Finds the deployment that shifts an alias among all that are in flight in the account, because the alias does not
 * show it. Without an application, ListDeployments answers with those of all applications.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html
 */
export function createShifts(client: CodeDeployClient): Shifts {
  return {
    of: async (name) => {
      for (const { deploymentId = '', applicationName, deploymentGroupName } of await shiftsIn(client))
        if (await isAbout(client, deploymentId, name))
          return { deployment: deploymentId, target: `codedeploy:${applicationName}/${deploymentGroupName}` };
      return null;
    },
  };
}

/** Returns the deployments in flight to Lambda. */
async function shiftsIn(client: CodeDeployClient): Promise<readonly DeploymentInfo[]> {
  const ids: string[] = [];
  const input = { includeOnlyStatuses: UNDER_WAY };
  for await (const { deployments = [] } of paginateListDeployments({ client }, input))
    ids.push(...deployments);
  const read = await Promise.all(
    inBatches(ids, MAX_BATCH).map((deploymentIds) =>
      client.send(new BatchGetDeploymentsCommand({ deploymentIds: [...deploymentIds] })),
    ),
  );
  return read.flatMap(({ deploymentsInfo = [] }) =>
    deploymentsInfo.filter(({ computePlatform }) => computePlatform === 'Lambda'),
  );
}

/** Reads https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_LambdaFunctionInfo.html */
async function isAbout(
  client: CodeDeployClient,
  deploymentId: string,
  { functionName, alias }: AliasName,
): Promise<boolean> {
  try {
    // Unknown: lambda-deployment-target-ids.
    const { targetIds = [] } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
    const command = new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds });
    const { deploymentTargets = [] } = await client.send(command);
    return deploymentTargets.some(({ lambdaTarget: { lambdaFunctionInfo: of } = {} }) => {
      const name = of?.functionName ?? '';
      return (
        of?.functionAlias === alias && (name === functionName || name.endsWith(`:function:${functionName}`))
      );
    });
  } catch (error) {
    // It has not shifted anything yet, or it ended after it was listed.
    if (isNamed(error, 'DeploymentNotStartedException', 'DeploymentDoesNotExistException')) return false;
    throw error;
  }
}
