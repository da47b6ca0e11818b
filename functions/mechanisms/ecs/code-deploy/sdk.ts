import {
  BatchGetDeploymentsCommand,
  CreateDeploymentCommand,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  ListTagsForResourceCommand,
  StopDeploymentCommand,
  type CodeDeployClient,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { isNamed } from '../../../../src/aws/errors.ts';
import { newestFirst } from '../list-deployments.ts';
import type { CodeDeploy, Group } from './code-deploy.ts';
import { toDeployment } from './from-aws.ts';

type Client = Pick<CodeDeployClient, 'send'>;

/** The limit of one BatchGetDeployments. */
const MAX_DEPLOYMENTS_PER_CALL = 25;

/** Shifts all traffic at once: full capacity exists before, so smaller steps would only delay recovery. */
const ALL_AT_ONCE = 'CodeDeployDefault.ECSAllAtOnce';

/** Binds the calls to a client. */
export function createCodeDeploy(client: Client): CodeDeploy {
  return {
    deployment: (deploymentId) => oneOf(client, deploymentId),
    deployments: (group) => newestOf(client, group),
    appSpec: (application, revision) => appSpecOf(client, application, revision),

    tags: async (ResourceArn) => {
      const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceArn }));
      return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    },

    stop: async (deploymentId, autoRollbackEnabled) => {
      await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }));
    },

    deploy: async ({ application, group }, revision, description) => {
      const input = {
        applicationName: application,
        deploymentGroupName: group,
        revision,
        description,
        deploymentConfigName: ALL_AT_ONCE,
        autoRollbackConfiguration: { enabled: false },
        // The alarm that the bad revision set off would stop the deployment that replaces it (API_CreateDeployment).
        overrideAlarmConfiguration: { enabled: false },
      };
      const { deploymentId = '' } = await client.send(new CreateDeploymentCommand(input));
      return deploymentId;
    },
  };
}

async function oneOf(client: Client, deploymentId: string) {
  try {
    const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo === undefined ? null : toDeployment(deploymentInfo);
  } catch (error) {
    if (isNamed(error, 'DeploymentDoesNotExistException', 'InvalidDeploymentIdException')) return null;
    throw error;
  }
}

/**
 * Lists a group's newest deployments. CodeDeploy lists them first but documents no order, so the first page is sorted.
 */
async function newestOf(client: Client, { application, group }: Group) {
  const named = { applicationName: application, deploymentGroupName: group };
  const { deployments = [] } = await client.send(new ListDeploymentsCommand(named));
  if (deployments.length === 0) return [];
  const { deploymentsInfo = [] } = await client.send(
    new BatchGetDeploymentsCommand({ deploymentIds: deployments.slice(0, MAX_DEPLOYMENTS_PER_CALL) }),
  );
  return newestFirst(deploymentsInfo.map(toDeployment));
}

/** Reads an AppSpec file: GetDeployment returns its hash without the content. */
async function appSpecOf(client: Client, applicationName: string, revision: RevisionLocation) {
  const given = textOf(revision);
  if (given !== null || revision.revisionType === 'S3') return given;
  try {
    const answer = await client.send(new GetApplicationRevisionCommand({ applicationName, revision }));
    return answer.revision === undefined ? null : textOf(answer.revision);
  } catch (error) {
    if (isNamed(error, 'RevisionDoesNotExistException', 'InvalidRevisionException')) return null;
    throw error;
  }
}

/** Returns the text. AWS deprecates the type String for AppSpecContent, but pipelines still use it. */
function textOf(revision: RevisionLocation): string | null {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deployments of older tools still use it
  return revision.appSpecContent?.content ?? revision.string?.content ?? null;
}
