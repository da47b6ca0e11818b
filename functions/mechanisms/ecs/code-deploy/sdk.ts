import {
  BatchGetApplicationRevisionsCommand,
  BatchGetDeploymentsCommand,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  ListTagsForResourceCommand,
  StopDeploymentCommand,
  type CodeDeployClient,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { isNamed } from '../../../../src/aws/errors.ts';
import { newestFirst } from '../newest-first.ts';
import type { CodeDeploy, CodeDeployment, Group } from './code-deploy.ts';
import { toDeployment } from './from-aws.ts';

type Client = Pick<CodeDeployClient, 'send'>;

/** The limit of one BatchGetDeployments, and of one BatchGetApplicationRevisions. */
const MAX_PER_CALL = 25;

/** Shifts all traffic at once: full capacity exists before, so smaller steps would only delay recovery. */
const ALL_AT_ONCE = 'CodeDeployDefault.ECSAllAtOnce';

/** Binds the calls to a client. */
export function createCodeDeploy(client: Client): CodeDeploy {
  return {
    deployment: (deploymentId) => oneOf(client, deploymentId),
    deployments: (group) => newestOf(client, group),
    appSpecs: (deployments) => appSpecsOf(client, deployments),

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
    new BatchGetDeploymentsCommand({ deploymentIds: deployments.slice(0, MAX_PER_CALL) }),
  );
  return newestFirst(deploymentsInfo.map(toDeployment));
}

/**
 * Reads AppSpec files, all in one call, because BatchGetDeployments returns their hashes without the content. An unknown
 * one is only missing in the answer.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetApplicationRevisions.html
 * Unknown: batch-of-revisions-has-content.
 */
async function appSpecsOf(
  client: Client,
  deployments: readonly CodeDeployment[],
): Promise<ReadonlyMap<string, string>> {
  const [first] = deployments;
  const hashes = new Map(deployments.map(({ revision }) => [hashOf(revision), revision]));
  const unread = [...hashes].filter(([hash, revision]) => hash !== null && textOf(revision) === null);
  const answer =
    first === undefined || unread.length === 0
      ? []
      : await revisionsOf(
          client,
          first.application,
          unread.map(([, revision]) => revision),
        );
  const texts = new Map(answer.map((revision) => [hashOf(revision), textOf(revision)]));
  return new Map(
    deployments.flatMap(({ id, revision }) => {
      const text = textOf(revision) ?? texts.get(hashOf(revision)) ?? null;
      return text === null ? [] : [[id, text] as const];
    }),
  );
}

async function revisionsOf(
  client: Client,
  applicationName: string,
  revisions: readonly RevisionLocation[],
): Promise<readonly RevisionLocation[]> {
  const input = { applicationName, revisions: revisions.slice(0, MAX_PER_CALL) };
  try {
    const { revisions: found = [] } = await client.send(new BatchGetApplicationRevisionsCommand(input));
    return found.map(({ revisionLocation = {} }) => revisionLocation);
  } catch (error) {
    if (isNamed(error, 'InvalidRevisionException')) return [];
    throw error;
  }
}

/** Returns the hash of an AppSpec file that CodeDeploy keeps; null: it is elsewhere. */
function hashOf(revision: RevisionLocation): string | null {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deployments of older tools still use it
  return revision.appSpecContent?.sha256 ?? revision.string?.sha256 ?? null;
}

/** Returns the text. AWS deprecates the type String for AppSpecContent, but pipelines still use it. */
function textOf(revision: RevisionLocation): string | null {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deployments of older tools still use it
  return revision.appSpecContent?.content ?? revision.string?.content ?? null;
}
