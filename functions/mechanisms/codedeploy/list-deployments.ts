import {
  BatchGetDeploymentsCommand,
  paginateListDeployments,
  type CodeDeployClient,
} from '@aws-sdk/client-codedeploy';
import { inBatches } from '../../../src/aws/batches.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import type { GroupName } from '../../../src/targets/kinds/codedeploy/target.ts';
import type { Deployment, Group } from './codedeploy.ts';
import { toDeployment } from './from-aws.ts';

/** The limit of one BatchGetDeployments. */
const BATCH = 25;

/** Limits the deployments of a group that are read without a time. */
const MAX_DEPLOYMENTS = 50;

/** Creators of deployments for instances that start or lag behind, which deploy no new revision. */
const UPKEEP = ['autoscaling', 'autoscalingTermination', 'CodeDeployAutoUpdate'];

/**
 * Lists deployments. ListDeployments returns ids and documents no order; in practice the newest come first. The group
 * names its last deployments, so they are never missed.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html
 */
export async function listDeployments(
  client: CodeDeployClient,
  group: Group,
  createdAfter?: Instant,
): Promise<readonly Deployment[]> {
  const ids = await idsOf(client, group.name, createdAfter);
  const last = [group.lastAttempted, group.lastSuccessful].flatMap((one) => one?.id ?? []);
  return readAll(client, [...last, ...ids]);
}

/**
 * Reads named deployments, and all of a group that were created after an instant. A list that is bounded by a time is
 * read to its end, so the group need not name its last ones.
 */
export async function listSince(
  client: CodeDeployClient,
  name: GroupName,
  createdAfter: Instant,
  ids: readonly string[],
): Promise<readonly Deployment[]> {
  return readAll(client, [...ids, ...(await idsOf(client, name, createdAfter))]);
}

async function readAll(client: CodeDeployClient, ids: readonly string[]): Promise<readonly Deployment[]> {
  const batches = inBatches([...new Set(ids)], BATCH);
  const found = await Promise.all(batches.map((batch) => readKnown(client, batch)));
  return found
    .flat()
    .filter(({ creator }) => !UPKEEP.includes(creator))
    .toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

async function idsOf(
  client: CodeDeployClient,
  name: GroupName,
  createdAfter?: Instant,
): Promise<readonly string[]> {
  const found: string[] = [];
  const input = {
    applicationName: name.application,
    deploymentGroupName: name.group,
    ...(createdAfter !== undefined && { createTimeRange: { start: new Date(createdAfter) } }),
  };
  for await (const { deployments = [] } of paginateListDeployments({ client }, input)) {
    found.push(...deployments);
    if (createdAfter === undefined && found.length >= MAX_DEPLOYMENTS) break;
  }
  return createdAfter === undefined ? found.slice(0, MAX_DEPLOYMENTS) : found;
}

/** Reads a batch, one by one if CodeDeploy does not know one of them: it may refuse them all. */
async function readKnown(client: CodeDeployClient, ids: readonly string[]): Promise<readonly Deployment[]> {
  try {
    return await read(client, ids);
  } catch (error) {
    if (!isNamed(error, 'DeploymentDoesNotExistException')) throw error;
    if (ids.length === 1) return [];
    const each = await Promise.all(ids.map((id) => readKnown(client, [id])));
    return each.flat();
  }
}

async function read(client: CodeDeployClient, ids: readonly string[]): Promise<readonly Deployment[]> {
  const command = new BatchGetDeploymentsCommand({ deploymentIds: [...ids] });
  const { deploymentsInfo = [] } = await client.send(command);
  return deploymentsInfo.map(toDeployment);
}
