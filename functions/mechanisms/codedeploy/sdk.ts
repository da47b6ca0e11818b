import {
  CreateDeploymentCommand,
  GetApplicationRevisionCommand,
  GetDeploymentConfigCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentTargetsCommand,
  ListTagsForResourceCommand,
  StopDeploymentCommand,
  type CodeDeployClient,
} from '@aws-sdk/client-codedeploy';
import { isNamed } from '../../../src/aws/errors.ts';
import type { CodeDeploy, Redeployment } from './codedeploy.ts';
import { listDeployments, listSince } from './list-deployments.ts';
import { toDeployment, toGroup } from './from-aws.ts';
import { readRevisions } from './read-revisions.ts';

const GONE = ['ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException'];

/** CodeDeploy returns the second for a requested location that is invalid. */
const UNKNOWN = ['RevisionDoesNotExistException', 'InvalidRevisionException'];

type Writes = Pick<CodeDeploy, 'stop' | 'create'>;

/**
 * Binds the calls to a client.
 * @param arn the prefix of CodeDeploy's ARNs in this account, because deployment groups do not return their own
 */
export function createCodeDeploy(client: CodeDeployClient, arn: string): CodeDeploy {
  return { ...readsOf(client, arn), ...writesOf(client) };
}

function readsOf(client: CodeDeployClient, arn: string): Omit<CodeDeploy, keyof Writes> {
  const revision: CodeDeploy['revision'] = (applicationName, location) =>
    orNull(UNKNOWN, async () => {
      const input = { applicationName, revision: location };
      const found = await client.send(new GetApplicationRevisionCommand(input));
      return found.revision ?? null;
    });
  return {
    group: ({ application, group }) =>
      orNull(GONE, async () => {
        const input = { applicationName: application, deploymentGroupName: group };
        const { deploymentGroupInfo = {} } = await client.send(new GetDeploymentGroupCommand(input));
        return toGroup(deploymentGroupInfo);
      }),

    tags: async ({ application, group }) => {
      const ResourceArn = `${arn}:deploymentgroup:${application}/${group}`;
      const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceArn }));
      return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    },

    deployments: (group, createdAfter) => listDeployments(client, group, createdAfter),
    since: (name, createdAfter, ids) => orNull(GONE, () => listSince(client, name, createdAfter, ids)),

    deployment: (deploymentId) =>
      orNull(['DeploymentDoesNotExistException'], async () => {
        const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
        return deploymentInfo === undefined ? null : toDeployment(deploymentInfo);
      }),

    revision,
    revisions: (application, wanted) =>
      readRevisions(client, application, wanted, (one) => revision(application, one)),

    minimumHealthy: (deploymentConfigName) =>
      orNull(['DeploymentConfigDoesNotExistException'], async () => {
        const command = new GetDeploymentConfigCommand({ deploymentConfigName });
        return (await client.send(command)).deploymentConfigInfo?.minimumHealthyHosts?.value ?? null;
      }),

    size: (group, deploymentId) => sizeOf(client, deploymentId, group.isBlueGreen),
  };
}

/** Counts over all pages, because the count must not be too small. */
async function sizeOf(client: CodeDeployClient, deploymentId: string, isBlueGreen: boolean): Promise<number> {
  const targetFilters = isBlueGreen ? { targetFilters: { ServerInstanceLabel: ['Green'] } } : {};
  let size = 0;
  let page: { nextToken?: string } = {};
  do {
    const input = { deploymentId, ...targetFilters, ...page };
    const { targetIds = [], nextToken } = await client.send(new ListDeploymentTargetsCommand(input));
    size += targetIds.length;
    page = nextToken === undefined ? {} : { nextToken };
  } while (page.nextToken !== undefined);
  return size;
}

function writesOf(client: CodeDeployClient): Writes {
  return {
    stop: async (deploymentId, autoRollbackEnabled) => {
      await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }));
    },

    create: async ({ application, group }, redeployment, description) => {
      const { deploymentId = '' } = await client.send(
        new CreateDeploymentCommand({
          applicationName: application,
          deploymentGroupName: group,
          description,
          ...goingBack(redeployment),
        }),
      );
      return deploymentId;
    },
  };
}

/**
 * Returns the settings of a deployment that goes back. It ignores alarms: the one that the bad revision set off would
 * stop it. It has no automatic rollback, which would restore the bad revision. On instances it ignores failures of the
 * bad revision's scripts, and overwrites files that an incomplete deployment left.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
 */
function goingBack({ revision, config, instances, isServer }: Redeployment) {
  return {
    revision,
    overrideAlarmConfiguration: { enabled: false },
    autoRollbackConfiguration: { enabled: false },
    ...(config !== null && { deploymentConfigName: config }),
    ...(instances !== null && { targetInstances: instances }),
    ...(isServer && { ignoreApplicationStopFailures: true, fileExistsBehavior: 'OVERWRITE' as const }),
  };
}

async function orNull<T>(names: readonly string[], ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, ...names)) return null;
    throw error;
  }
}
