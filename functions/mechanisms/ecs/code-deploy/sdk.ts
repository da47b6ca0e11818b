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

/** The most that one BatchGetDeployments takes. */
const MAX_DEPLOYMENTS_PER_CALL = 25;

/** Capacity stands before traffic moves, so nothing is won by bringing the good revision back bit by bit. */
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
        // The red alarm of the bad revision would stop the very deployment that ends it (API_CreateDeployment).
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

/** CodeDeploy lists a group's newest deployments first; it documents no order, so those of the first page are sorted. */
async function newestOf(client: Client, { application, group }: Group) {
  const named = { applicationName: application, deploymentGroupName: group };
  const { deployments = [] } = await client.send(new ListDeploymentsCommand(named));
  if (deployments.length === 0) return [];
  const { deploymentsInfo = [] } = await client.send(
    new BatchGetDeploymentsCommand({ deploymentIds: deployments.slice(0, MAX_DEPLOYMENTS_PER_CALL) }),
  );
  return newestFirst(deploymentsInfo.map(toDeployment));
}

/** GetDeployment answers with the hash of an AppSpec file and without its content. */
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

/** The type String is deprecated in favour of AppSpecContent and still met. */
function textOf(revision: RevisionLocation): string | null {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what older tools deployed is read all the same
  return revision.appSpecContent?.content ?? revision.string?.content ?? null;
}
